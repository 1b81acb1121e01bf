#!/usr/bin/env bash
# The study of bench/results/vit.md: a Vision Transformer beside a CNN, same trainer, on the embedded and on the full Fashion-MNIST.
# Usage: bench/vit.sh [folder for models]. Goes on where it was interrupted. The full set is skipped where it is missing.
set -eu
cd "$(dirname "$0")/.."
out=${1:-artifacts/vit}
mkdir -p "$out"
dotnet build -c Release src/Adamant.Cli -o "$out/adamant" > "$out/build.log"
adamant() { dotnet "$out/adamant/Adamant.Cli.dll" "$@"; }

# train NAME DATA MODEL EPOCHS …: whatever follows goes to the trainer
train() {
  local name=$1 data=$2 model=$3 epochs=$4
  shift 4
  [ -f "$out/$name.safetensors" ] && return
  local resume=()
  [ -f "$out/$name.checkpoint.safetensors" ] && resume=(--resume "$out/$name.checkpoint.safetensors")
  adamant train --data "$data" --model "$model" --epochs "$epochs" --schedule cosine --validation 0 --output "$out/$name.safetensors" "$@" "${resume[@]}"
}

# judge NAME DATA
judge() {
  adamant evaluate "$out/$1.safetensors" --data "$2"
  adamant attack "$out/$1.safetensors" --data "$2" --limit 1000 --attack fgsm --epsilon 0.1
  adamant attack "$out/$1.safetensors" --data "$2" --limit 500 --attack pgd --epsilon 0.1 --steps 20
}

train mini-cnn fashion-mini simple-cnn 20 --batch-size 64
train mini-vit fashion-mini vision-transformer 30 --batch-size 64 --set patch=7
judge mini-cnn fashion-mini
judge mini-vit fashion-mini

if adamant data verify fashion > /dev/null 2>&1; then
  train full-vit fashion vision-transformer 2 --batch-size 64 --lr 0.001 --optimizer adamw --set patch=7
  judge full-vit fashion                                        # the CNN on the full set is bench/fashion.sh
else
  echo "The full Fashion-MNIST is not here: see adamant data list."
fi
