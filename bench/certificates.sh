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
  dotnet "$out/adamant/Adamant.Cli.dll" harden --data fashion --validation 0.02 --checkpoint "$checkpoint" "${resume[@]}" --output "$file" "$@"
}

harden noise --model strided-cnn --method noise --sigma 0.25 --epochs 16 --lr 0.003
harden smooth-adv --from "$out/noise.safetensors" --method smooth-adv --sigma 0.25 --norm l2 --epsilon 0.25 --draws 1 --steps 2 --epochs 1 --lr 0.0005
harden ibp --model strided-cnn --method ibp --epsilon 0.1 --epochs 15
dotnet "$out/adamant/Adamant.Cli.dll" certify "$out/smooth-adv.safetensors" --data fashion --limit 200 --method smoothing --sigma 0.25 --n 1000 --epsilon 0.25 --radii 0,0.25,0.5
dotnet run -c Release --project bench/Adamant.Bench -- certificates "$out"
