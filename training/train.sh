#!/bin/sh
# Makes models/firesmoke.safetensors and its card from labelled data, from nothing:
#   WATCHFIRE_LABELLED_DATA=/path/to/data training/train.sh
# Everything in between lies in training/work and may be deleted. Steps that are done are not done again:
# delete training/work/features to cache features anew, training/work/stages to train anew.
set -eu
cd "$(dirname "$0")"
: "${WATCHFIRE_LABELLED_DATA:?set it to the folder that holds labels_train.jsonl}"
mkdir -p work
[ -x work/venv/bin/python ] || python3 -m venv work/venv
work/venv/bin/pip install --quiet --requirement requirements.txt

if [ ! -d work/simulator ]; then
    mkdir -p work/simulator.part
    render() { cargo run --quiet -p watchfire-simulator --example render -- --out work/simulator.part "$@"; }
    for seed in 201 202 203 204 205; do
        render --scene corridor-fire --seed $seed --every 13
        render --scene corridor-quiet --seed $seed --every 30
        render --scene duty-room --seed $seed --every 40
    done
    for seed in 1 2; do
        for scene in corridor-fire corridor-quiet duty-room failing-camera; do
            render --scene $scene --seed $seed --every 10
        done
    done
    mv work/simulator.part work/simulator
fi

work/venv/bin/python features.py val other clean varied stretched quiet smoke-pairs on-pictures on-scenes open-flames near-flames warm mosaics clips simulator
for fold in 0 1 2; do
    work/venv/bin/python train.py --fold $fold
done
work/venv/bin/python train.py
work/venv/bin/python card.py
