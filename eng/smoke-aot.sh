#!/usr/bin/env bash
# Publishes a small program trimmed and natively compiled, and the command line trimmed, and runs them. Takes some minutes, so .ci/run does not call it.
# Native compilation needs clang and zlib: apt-get install -y clang zlib1g-dev
set -e -u -o pipefail
cd "$(dirname "$0")/smoke"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

echo "== trimmed, self-contained"
dotnet publish -c Release -r linux-x64 --self-contained -p:PublishTrimmed=true -o "$out/trimmed" -v quiet
"$out/trimmed/Smoke"
du -sh "$out/trimmed"
rm -rf "$out/trimmed"

echo "== the command line, trimmed"
dotnet publish ../../src/Adamant.Cli -c Release -r linux-x64 --self-contained -p:PublishTrimmed=true -o "$out/cli" -v quiet
"$out/cli/Adamant.Cli" train --data wdbc --epochs 1 --output "$out/model.safetensors"
"$out/cli/Adamant.Cli" attack "$out/model.safetensors" --data wdbc --attack pgd --epsilon 0.05 --set momentum=1 random-start=false
du -sh "$out/cli"
rm -rf "$out/cli"

echo "== native (PublishAot)"
dotnet publish -c Release -r linux-x64 -p:PublishAot=true -o "$out/native" -v quiet
"$out/native/Smoke"
du -sh "$out/native"
