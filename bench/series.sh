#!/usr/bin/env bash
# The study of bench/results/series.md: recurrent networks and a Transformer on series, each beside what needs no network, over three seeds.
# C-MAPSS FD001 and ECG5000 need their files below ADAMANT_DATA_DIR (adamant data list says which).
# Usage: bench/series.sh [degradation | cmapss-fd001 | ecg5000 | ecg | market [architecture]]
set -eu
cd "$(dirname "$0")/.."
dotnet run -c Release --project bench/Adamant.Bench -- series "$@"
