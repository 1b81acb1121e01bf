#!/usr/bin/env bash
# The study of bench/results/certificates.md: trains a network under noise and one on interval bounds on full Fashion-MNIST, and certifies both.
# Each training goes on from its checkpoint after a break, and is skipped when it is done.
# Usage: bench/certificates.sh [folder for models]
set -eu
cd "$(dirname "$0")/.."
out=${1:-artifacts/certificates}
mkdir -p "$out"
dotnet build -c Release src/Adamant.Cli -o "$out/adamant" > "$out/build.log"

harden() {                                                     # name, options
  local file="$out/$1.safetensors" checkpoint="$out/$1.checkpoint"
  shift
  [ -e "$file" ] && return
  local resume=()
  [ -e "$checkpoint" ] && resume=(--resume "$checkpoint")
  dotnet "$out/adamant/Adamant.Cli.dll" harden --data fashion --model strided-cnn --validation 0.02 --checkpoint "$checkpoint" "${resume[@]}" --output "$file" "$@"
}

harden noise --method noise --sigma 0.25 --epochs 16 --lr 0.003
harden ibp --method ibp --epsilon 0.1 --epochs 15
dotnet run -c Release --project bench/Adamant.Bench -- certificates "$out"
