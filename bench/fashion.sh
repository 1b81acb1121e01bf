#!/usr/bin/env bash
# The study of bench/results/fashion.md: full Fashion-MNIST, undefended and hardened. Needs the full set (adamant data list says where it is looked for).
# Usage: bench/fashion.sh [folder for models and reports]
set -eu
cd "$(dirname "$0")/.."
out=${1:-artifacts/fashion}
mkdir -p "$out"
dotnet build -c Release src/Adamant.Cli -o "$out/adamant" > "$out/build.log"
adamant() { dotnet "$out/adamant/Adamant.Cli.dll" "$@"; }

adamant train --data fashion --model simple-cnn --epochs 6 --batch-size 64 --lr 0.002 --schedule cyclic --augment flip --validation 0 \
  --output "$out/undefended.safetensors"
adamant harden --data fashion --model strided-cnn --method fgsm-rs --epsilon 0.1 --epochs 10 --lr 0.005 --schedule cyclic --validation 0.02 \
  --output "$out/hardened.safetensors"
for model in undefended hardened; do
  adamant evaluate "$out/$model.safetensors" --data fashion
  adamant attack "$out/$model.safetensors" --data fashion --attack fgsm --epsilon 0.1
  adamant attack "$out/$model.safetensors" --data fashion --attack pgd --epsilon 0.1 --steps 40 --step-size 0.01
done
