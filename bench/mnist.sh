#!/usr/bin/env bash
# Trains the victims of bench/results/mnist.md on MNIST: the two rows of Wong, Rice, Kolter 2020. Needs the full training set (adamant data list says where it is looked for).
# PGD training starts from the weights of FGSM-RS with the same seed: from random ones it stayed at chance for two epochs.
# Each training goes on from its checkpoint after a break, and is skipped when it is done.
# Usage: bench/mnist.sh [folder for models [seeds of FGSM-RS [seeds of PGD]]]
set -eu
cd "$(dirname "$0")/.."
out=${1:-artifacts/mnist}
mkdir -p "$out"
dotnet build -c Release src/Adamant.Cli -o "$out/adamant" > "$out/build.log"

harden() {                                                     # name, options
  local file="$out/$1.safetensors"
  shift
  [ -e "$file" ] && return
  local resume=()
  [ -e "${file%.safetensors}.checkpoint" ] && resume=(--resume "${file%.safetensors}.checkpoint")
  dotnet "$out/adamant/Adamant.Cli.dll" harden --data mnist --epsilon 0.3 --epochs 10 --batch-size 100 --schedule cyclic \
    --validation 0.02 --checkpoint "${file%.safetensors}.checkpoint" "${resume[@]}" --output "$file" "$@"
}

for seed in ${2:-0 1 2}; do harden "fgsm-rs-$seed" --model strided-cnn --method fgsm-rs --lr 0.005 --seed "$seed"; done
for seed in ${3:-0 1}; do harden "pgd-$seed" --method pgd --steps 40 --lr 0.003 --from "$out/fgsm-rs-$seed.safetensors" --seed "$seed"; done
