"""The other side of `Adamant.Bench -- autoattack`: the authors' AutoAttack on the same weights and images.

Usage: PYTHONPATH=<a clone of fra31/auto-attack> python3 autoattack_reference.py MODEL.safetensors IMAGES.gz LABELS.gz [attack ...]
MODEL is a StridedCnn; attacks: apgd-ce, apgd-dlr, apgd-t, fab-t, square-1000, standard.
"""
import gzip
import json
import struct
import sys
import time

import numpy as np
import torch
from autoattack import AutoAttack


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    return {
        name: torch.from_numpy(np.frombuffer(data[e["data_offsets"][0]:e["data_offsets"][1]], np.float32).reshape(e["shape"]).copy())
        for name, e in header.items() if name != "__metadata__"
    }


class Counted(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.conv1, self.conv2 = torch.nn.Conv2d(1, 16, 4, 2, 1), torch.nn.Conv2d(16, 32, 4, 2, 1)
        self.fc1, self.fc2 = torch.nn.Linear(1568, 100), torch.nn.Linear(100, 10)
        self.load_state_dict(weights)
        self.requires_grad_(False).eval()
        self.calls = self.forwards = self.gradients = 0

    def forward(self, x):
        self.calls += 1
        self.forwards += len(x)
        self.gradients += len(x) if x.requires_grad and torch.is_grad_enabled() else 0
        x = torch.relu(self.conv2(torch.relu(self.conv1(x))))
        return self.fc2(torch.relu(self.fc1(x.flatten(1))))


model = Counted(read(sys.argv[1]))
images = np.frombuffer(gzip.open(sys.argv[2]).read(), np.uint8, offset=16).reshape(-1, 1, 28, 28)
labels = np.frombuffer(gzip.open(sys.argv[3]).read(), np.uint8, offset=8)
print(f"torch {torch.__version__}, {torch.get_num_threads()} threads\n")
print("| attack | images | clean | robust | CPU s | wall s | calls | forwards | gradients |\n|---|---|---|---|---|---|---|---|---|")
for name in sys.argv[4:] or ["apgd-ce", "square-1000", "standard"]:
    count = 256 if name in ("apgd-ce", "apgd-dlr", "square-1000") else 128
    x, y = torch.from_numpy(images[:count].astype(np.float32) / 255), torch.from_numpy(labels[:count].astype(np.int64))
    model(x)
    attack = AutoAttack(model, norm="Linf", eps=0.1, seed=0, verbose=False, device="cpu", version="standard" if name == "standard" else "custom",
                        attacks_to_run=[] if name == "standard" else [name.split("-1000")[0]])
    attack.square.n_queries = 1000 if name == "square-1000" else 5000
    model.calls = model.forwards = model.gradients = 0
    cpu, wall = time.process_time(), time.time()
    moved = attack.run_standard_evaluation(x, y, bs=count)
    cpu, wall = time.process_time() - cpu, time.time() - wall
    counts = f"{model.calls:,} | {model.forwards:,} | {model.gradients:,}"
    right = model(x).argmax(1).eq(y)
    robust = right & model(moved.clamp(0, 1)).argmax(1).eq(y)
    print(f"| {name} | {count} | {right.float().mean():.4f} | {robust.float().mean():.4f} | {cpu:.2f} | {wall:.2f} | {counts} |", flush=True)
