"""Writes the reference vectors that Adamant's parity tests compare against.

Run from anywhere; it needs PyTorch 1.13 and numpy (Debian: python3-torch, python3-numpy), and for
`attacks` the Fashion-MNIST IDX files (Debian: dataset-fashion-mnist):

    /usr/bin/python3 tests/Golden/generate.py [--fashion DIR] [family ...]

One `<family>.safetensors` per family is written beside this script; without names, all of them.
A run is deterministic (fixed seeds, one thread): the same PyTorch build on the same machine writes
the same bytes. README.md describes every key.

One file of over 300 lines on purpose: the reference stands by itself, and is read from top to bottom.
"""
import argparse
import gzip
import json
import math
import pathlib
import struct

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
SEED = 0
REDUCED_ABOVE = 100_000  # a family with more parameters stores its updated weights in reduced form
REDUCED_KEEPS = ("conv1.weight", "conv1.bias", "fc2.weight", "fc2.bias")
TOLERANCE = 1e-5         # float32 against float64, relative above 1
KINK = 1e-6              # no ReLU input or max-pool gap may be closer to zero than this


# ---------------------------------------------------------------- safetensors

DTYPES = {"float32": "F32", "float64": "F64", "int64": "I64", "uint8": "U8"}


def save(family, tensors):
    """Names sorted, data contiguous in that order, header padded with spaces to 8 bytes."""
    header = {"__metadata__": {"generator": "tests/Golden/generate.py", "pytorch": str(torch.__version__), "seed": str(SEED)}}
    chunks, offset = [], 0
    for name in sorted(tensors):
        array = tensors[name].detach().numpy()
        data = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes()
        header[name] = {"dtype": DTYPES[str(array.dtype)], "shape": list(array.shape), "data_offsets": [offset, offset + len(data)]}
        chunks.append(data)
        offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (HERE / f"{family}.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))
    return 8 + len(text) + offset


# ---------------------------------------------------------------- models

class Kinks:
    """The smallest distance to a ReLU or max-pool kink seen so far: near one, rounding could flip a gradient."""
    smallest = math.inf


def relu(z):
    Kinks.smallest = min(Kinks.smallest, z.detach().abs().min().item())
    return F.relu(z)


def pool(x):
    windows = x.detach().unfold(2, 2, 2).unfold(3, 2, 2).flatten(4)
    top = windows.topk(2, dim=-1).values
    gaps = (top[..., 0] - top[..., 1])[top[..., 0] > 0]
    Kinks.smallest = min(Kinks.smallest, gaps.min().item())
    return F.max_pool2d(x, 2)


class Mlp(nn.Module):
    def __init__(self, *widths):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, widths[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = relu(layer(x))
        return self.layers[-1](x)


class SimpleCnn(nn.Module):
    def __init__(self, channels, size, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 32, 5, padding=2)
        self.conv2 = nn.Conv2d(32, 64, 5, padding=2)
        self.fc1 = nn.Linear(64 * (size // 4) ** 2, 512)
        self.dropout = nn.Dropout(0.5)
        self.fc2 = nn.Linear(512, classes)

    def forward(self, x):
        x = pool(relu(self.conv1(x)))
        x = pool(relu(self.conv2(x)))
        x = self.dropout(relu(self.fc1(x.flatten(1))))
        return self.fc2(x)


class PipelineCnn(nn.Module):
    def __init__(self, channels, size, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 32, 5)
        self.conv2 = nn.Conv2d(32, 64, 5)
        self.fc = nn.Linear(64 * (((size - 4) // 2 - 4) // 2) ** 2, classes)

    def forward(self, x):
        x = pool(relu(self.conv1(x)))
        x = pool(relu(self.conv2(x)))
        return self.fc(x.flatten(1))


class StridedCnn(nn.Module):
    """The small MNIST network of Wong, Rice and Kolter (2020), 'Fast is better than free'."""

    def __init__(self, size, channels=1, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 16, 4, stride=2, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 4, stride=2, padding=1)
        self.fc1 = nn.Linear(32 * (size // 4) ** 2, 100)
        self.fc2 = nn.Linear(100, classes)

    def forward(self, x):
        x = relu(self.conv2(relu(self.conv1(x))))
        return self.fc2(relu(self.fc1(x.flatten(1))))


class RecurrentSeries(nn.Module):
    def __init__(self, name, layer, inputs, hidden, classes, **options):
        super().__init__()
        setattr(self, name, layer(inputs, hidden, batch_first=True, **options))
        self.fc = nn.Linear(hidden * (2 if options.get("bidirectional") else 1), classes)
        self.name, self.classes = name, classes

    def forward(self, x):
        layer = getattr(self, self.name)
        states, final = layer(x)
        self.logits_all = self.fc(states)
        if not layer.bidirectional:
            return self.logits_all[:, -1]
        final = final[0] if isinstance(final, tuple) else final
        return self.fc(torch.cat([final[-2], final[-1]], dim=1))


class RecurrentText(nn.Module):
    """Packed, so that zeros behind the last other token of a text are never read."""

    def __init__(self, name, layer, vocabulary, dim, hidden, classes, mean=False, **options):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, dim)
        setattr(self, name, layer(dim, hidden, batch_first=True, **options))
        self.dropout = nn.Dropout(0.3)
        self.classifier = nn.Linear(hidden * (2 if options.get("bidirectional") else 1), classes)
        self.name, self.mean = name, mean

    def forward(self, ids):
        self.embedded = self.embedding(ids)
        lengths = torch.tensor([1 + max(t for t, token in enumerate(row) if token) for row in ids.tolist()])
        layer = getattr(self, self.name)
        states, final = layer(nn.utils.rnn.pack_padded_sequence(self.embedded, lengths, batch_first=True, enforce_sorted=False))
        if self.mean:
            states, _ = nn.utils.rnn.pad_packed_sequence(states, batch_first=True)
            memory = torch.stack([row[:length].mean(0) for row, length in zip(states, lengths)])
        else:
            final = final[0] if isinstance(final, tuple) else final
            memory = torch.cat(list(final[-2:] if layer.bidirectional else final[-1:]), dim=1)
        return self.classifier(self.dropout(memory))


class MultiHeadSelfAttention(nn.Module):
    def __init__(self, d_model, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.output = (nn.Linear(d_model, d_model) for _ in range(4))

    def forward(self, x, padding=None):
        """x [B, T, d_model]; padding [B, T] is true where a key must not be attended to."""
        def split(t):
            return t.unflatten(-1, (self.heads, -1)).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        if padding is not None:
            scores = scores.masked_fill(padding[:, None, None, :], -math.inf)
        return self.output((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))


class Block(nn.Module):
    def __init__(self, d_model, heads, hidden):
        super().__init__()
        self.norm1 = nn.LayerNorm(d_model)
        self.attention = MultiHeadSelfAttention(d_model, heads)
        self.norm2 = nn.LayerNorm(d_model)
        self.fc1 = nn.Linear(d_model, hidden)
        self.fc2 = nn.Linear(hidden, d_model)

    def forward(self, x, padding=None):
        x = x + self.attention(self.norm1(x), padding)
        return x + self.fc2(F.gelu(self.fc1(self.norm2(x))))


class TransformerClassifier(nn.Module):
    def __init__(self, vocabulary, max_length, d_model, heads, hidden, blocks, classes):
        super().__init__()
        self.token = nn.Embedding(vocabulary, d_model)
        self.position = nn.Embedding(max_length, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads, hidden) for _ in range(blocks))
        self.norm = nn.LayerNorm(d_model)
        self.classifier = nn.Linear(d_model, classes)

    def forward(self, ids):
        padding = ids == 0
        self.embedded = self.token(ids)
        x = self.embedded + self.position(torch.arange(ids.shape[1]))
        for block in self.blocks:
            x = block(x, padding)
        real = (~padding).unsqueeze(-1).to(x.dtype)
        return self.classifier((self.norm(x) * real).sum(1) / real.sum(1))


class SeriesTransformer(nn.Module):
    """Of PyTorch's own encoder layers: an independent reference of the blocks."""

    def __init__(self, features, d_model, heads, hidden, blocks, classes, mean):
        super().__init__()
        self.projection = nn.Linear(features, d_model)
        self.blocks = nn.ModuleList(
            nn.TransformerEncoderLayer(d_model, heads, hidden, dropout=0, activation="gelu", batch_first=True, norm_first=True) for _ in range(blocks))
        for block in self.blocks:  # PyTorch starts them from zero, which would hide a swap
            nn.init.normal_(block.self_attn.in_proj_bias, 0, 0.1)
            nn.init.normal_(block.self_attn.out_proj.bias, 0, 0.1)
        self.norm = nn.LayerNorm(d_model)
        self.fc = nn.Linear(d_model, classes)
        self.mean = mean

    def forward(self, x):
        d = self.projection.out_features
        angle = torch.arange(x.shape[1], dtype=torch.float64)[:, None] / 10000 ** (torch.arange(0, d, 2, dtype=torch.float64) / d)
        place = torch.zeros(x.shape[1], d, dtype=x.dtype)
        place[:, 0::2], place[:, 1::2] = angle.sin(), angle.cos()
        x = self.projection(x) + place
        for block in self.blocks:
            x = block(x)
        x = self.norm(x)
        return self.fc(x.mean(1) if self.mean else x[:, -1])


class VisionTransformer(nn.Module):
    def __init__(self, channels, size, patch, d_model, heads, hidden, blocks, classes):
        super().__init__()
        self.patch = nn.Conv2d(channels, d_model, patch, stride=patch)
        self.class_token = nn.Parameter(0.1 * torch.randn(1, 1, d_model))
        self.position = nn.Parameter(0.1 * torch.randn(1, (size // patch) ** 2 + 1, d_model))
        self.blocks = nn.ModuleList(Block(d_model, heads, hidden) for _ in range(blocks))
        self.norm = nn.LayerNorm(d_model)
        self.classifier = nn.Linear(d_model, classes)

    def forward(self, x):
        x = self.patch(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.class_token.expand(len(x), -1, -1), x], dim=1) + self.position
        for block in self.blocks:
            x = block(x)
        return self.classifier(self.norm(x)[:, 0])


class RmsNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return self.weight * x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5)


class DecoderBlock(nn.Module):
    """Norm first, rotated neighbors, shared key and value heads, gated feed-forward layer: the block of Llama."""

    def __init__(self, d_model, heads, groups, hidden):
        super().__init__()
        self.heads, self.groups, self.width = heads, groups, d_model // heads
        self.norm1, self.norm2 = RmsNorm(d_model), RmsNorm(d_model)
        self.attention = nn.ModuleDict({
            "qkv": nn.Linear(d_model, (heads + 2 * groups) * self.width, bias=False),
            "output": nn.Linear(d_model, d_model, bias=False),
        })
        self.gate_up = nn.Linear(d_model, 2 * hidden, bias=False)
        self.down = nn.Linear(hidden, d_model, bias=False)

    def rotate(self, x):
        t = torch.arange(x.shape[2], dtype=torch.float64)
        angle = torch.outer(t, 10000.0 ** (-torch.arange(0, self.width, 2, dtype=torch.float64) / self.width))
        cos, sin = angle.cos().to(x.dtype), angle.sin().to(x.dtype)
        a, b = x[..., 0::2], x[..., 1::2]
        return torch.stack([a * cos - b * sin, a * sin + b * cos], -1).flatten(-2)

    def attend(self, x):
        length, sizes = x.shape[1], [self.heads * self.width, self.groups * self.width, self.groups * self.width]
        q, k, v = (part.unflatten(-1, (-1, self.width)).transpose(1, 2) for part in self.attention["qkv"](x).split(sizes, -1))
        q, k = self.rotate(q), self.rotate(k)
        k, v = (part.repeat_interleave(self.heads // self.groups, 1) for part in (k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(self.width)
        scores = scores.masked_fill(torch.ones(length, length).triu(1).bool(), -math.inf)
        return self.attention["output"]((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        gate, up = self.gate_up(self.norm2(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


class DecoderTransformer(nn.Module):
    def __init__(self, vocabulary, d_model, heads, groups, blocks, hidden):
        super().__init__()
        self.token = nn.Embedding(vocabulary, d_model)
        nn.init.normal_(self.token.weight, 0, 0.2)
        self.blocks = nn.ModuleList(DecoderBlock(d_model, heads, groups, hidden) for _ in range(blocks))
        self.norm = RmsNorm(d_model)

    def forward(self, ids):
        x = self.embedded = self.token(ids)
        for block in self.blocks:
            x = block(x)
        return self.norm(x) @ self.token.weight.t()


class LstmLanguageModel(nn.Module):
    def __init__(self, vocabulary, dim, hidden, layers):
        super().__init__()
        self.token = nn.Embedding(vocabulary, dim)
        self.lstm = nn.LSTM(dim, hidden, layers, batch_first=True)
        self.classifier = nn.Linear(hidden, vocabulary)

    def forward(self, ids):
        self.embedded = self.token(ids)
        return self.classifier(self.lstm(self.embedded)[0])


class Seq2SeqTransformer(nn.Module):
    """PyTorch's own nn.Transformer (norm_first=False) between one table of embeddings."""

    def __init__(self, vocabulary, source, d_model, heads, layers, hidden):
        super().__init__()
        self.source = source
        self.token = nn.Embedding(vocabulary, d_model)
        nn.init.normal_(self.token.weight, 0, d_model ** -0.5)
        whole = nn.Transformer(d_model, heads, layers, layers, hidden, dropout=0, activation=relu, batch_first=True, norm_first=False)
        self.encoder, self.decoder = whole.encoder, whole.decoder

    def place(self, embedded):
        width = embedded.shape[-1]
        t = torch.arange(embedded.shape[1], dtype=torch.float64)
        angle = torch.outer(t, 10000.0 ** (-torch.arange(0, width, 2, dtype=torch.float64) / width))
        return embedded * math.sqrt(width) + torch.stack([angle.sin(), angle.cos()], -1).flatten(1).to(embedded.dtype)

    def forward(self, ids):
        self.embedded = self.token(ids)
        padding, target_padding = (ids == 0)[:, :self.source], (ids == 0)[:, self.source:]
        length = target_padding.shape[1]
        memory = self.encoder(self.place(self.embedded[:, :self.source]), src_key_padding_mask=padding)
        x = self.decoder(
            self.place(self.embedded[:, self.source:]), memory, tgt_mask=torch.ones(length, length).triu(1).bool(),
            tgt_key_padding_mask=target_padding, memory_key_padding_mask=padding)
        return x @ self.token.weight.t()


# ---------------------------------------------------------------- families 1-12

def padded_ids():
    ids = torch.randint(1, 20, (6, 9))
    for row, length in enumerate([9, 7, 5, 1, 3, 8]):
        ids[row, length:] = 0
    return ids


def zero_within():
    """A zero with a token behind it is a token."""
    ids = padded_ids()
    ids[0, 4] = 0
    return ids


def ours(tensors):
    """Names of Adamant for those of PyTorch's encoder layer, which keeps the weights of query, key and value in one tensor."""
    result = {}
    for name, tensor in tensors:
        name = name.replace("self_attn.out_proj", "attention.output").replace(".linear1.", ".fc1.").replace(".linear2.", ".fc2.")
        if "self_attn.in_proj_" not in name:
            result[name] = tensor.detach().clone()
            continue
        for part, third in zip(("query", "key", "value"), tensor.detach().chunk(3)):
            result[name.replace("self_attn.in_proj_", f"attention.{part}.")] = third.clone()
    return result


def padded_pairs():
    ids = torch.randint(4, 20, (6, 12))
    for row, (source, target) in enumerate([(7, 5), (7, 2), (3, 5), (1, 1), (5, 3), (2, 4)]):
        ids[row, source:7] = 0
        ids[row, 7] = 2
        ids[row, 7 + target:] = 0
    return ids


# name: (model, inputs, classes); no classes means the loss is the sum of squares of the output.
FAMILIES = {
    "mlp": (lambda: Mlp(12, 16, 8, 3), lambda: torch.randn(5, 12), 3),
    "simple_cnn": (lambda: SimpleCnn(3, 8, 10), lambda: torch.rand(4, 3, 8, 8), 10),
    "pipeline_cnn": (lambda: PipelineCnn(3, 16, 10), lambda: torch.rand(3, 3, 16, 16), 10),
    "strided_cnn": (lambda: StridedCnn(12), lambda: torch.rand(4, 1, 12, 12), 10),
    "elman_rnn": (lambda: RecurrentSeries("rnn", nn.RNN, 5, 7, 4), lambda: torch.randn(6, 9, 5), 4),
    "elman_stack": (lambda: RecurrentSeries("rnn", nn.RNN, 5, 7, 4, num_layers=3), lambda: torch.randn(6, 9, 5), 4),
    "series_lstm": (lambda: RecurrentSeries("lstm", nn.LSTM, 5, 7, 4, num_layers=2, bidirectional=True), lambda: torch.randn(6, 9, 5), 4),
    "series_transformer": (lambda: SeriesTransformer(5, 16, 4, 32, 2, 3, mean=True), lambda: torch.randn(6, 9, 5), 3),
    "series_transformer_last": (lambda: SeriesTransformer(5, 16, 4, 32, 1, 3, mean=False), lambda: torch.randn(6, 9, 5), 3),
    "simple_lstm": (lambda: RecurrentText("lstm", nn.LSTM, 20, 6, 8, 2), padded_ids, 2),
    "lstm_bidirectional": (lambda: RecurrentText("lstm", nn.LSTM, 20, 6, 8, 3, num_layers=2, bidirectional=True), zero_within, 3),
    "elman_text": (lambda: RecurrentText("rnn", nn.RNN, 20, 6, 8, 3, mean=True, num_layers=2, bidirectional=True), zero_within, 3),
    "multi_head_self_attention": (lambda: MultiHeadSelfAttention(16, 4), lambda: torch.randn(2, 5, 16), None),
    "transformer_classifier": (lambda: TransformerClassifier(20, 12, 16, 4, 32, 2, 3), padded_ids, 3),
    "vision_transformer": (lambda: VisionTransformer(3, 8, 4, 16, 4, 32, 2, 10), lambda: torch.rand(4, 3, 8, 8), 10),
    "decoder_transformer": (lambda: DecoderTransformer(20, 16, 4, 2, 2, 24), lambda: torch.randint(0, 20, (6, 9)), 20),
    "lstm_language_model": (lambda: LstmLanguageModel(20, 6, 8, 2), lambda: torch.randint(0, 20, (6, 9)), 20),
    "seq2_seq_transformer": (lambda: Seq2SeqTransformer(20, 7, 16, 4, 2, 32), padded_pairs, 20),
}

OPTIMIZERS = {
    "sgd": lambda parameters: torch.optim.SGD(parameters, lr=0.1, momentum=0.9, weight_decay=0),
    # The first step of Adam is lr * g / (|g| + eps). A large eps keeps it smooth where g is nearly zero.
    "adam": lambda parameters: torch.optim.Adam(parameters, lr=1e-3, eps=1e-3),
}


def evaluate(model, inputs, labels):
    """Outputs and gradients in evaluation mode (no dropout), then one step of each optimizer from the initial weights."""
    model.zero_grad()
    inputs = inputs.clone().requires_grad_(inputs.is_floating_point())
    logits = model(inputs)
    if hasattr(model, "embedded"):
        model.embedded.retain_grad()
    loss = logits.square().sum() if labels is None else F.cross_entropy(logits.flatten(0, -2), labels.flatten())
    loss.backward()
    result = {"logits": logits, "loss": loss.reshape(1)}
    if hasattr(model, "logits_all"):
        result["logits_all"] = model.logits_all
    if hasattr(model, "embedded"):
        result["embedding_gradient"] = model.embedded.grad
    if inputs.requires_grad:
        result["input_gradient"] = inputs.grad
    initial = {name: p.detach().clone() for name, p in model.named_parameters()}
    for step, optimizer in OPTIMIZERS.items():
        optimizer(model.parameters()).step()
        result.update({f"{step}.{name}": p for name, p in ours(model.named_parameters()).items()})
        model.load_state_dict(initial)
    return {name: t.detach() for name, t in result.items()}


def generate(family):
    torch.manual_seed(SEED)
    build, make_inputs, classes = FAMILIES[family]
    model = build().eval()
    for module in model.modules():
        if isinstance(module, nn.LayerNorm | RmsNorm):  # ones and zeros would hide a swapped or ignored parameter
            nn.init.normal_(module.weight, 1, 0.1)
        if isinstance(module, nn.LayerNorm):
            nn.init.normal_(module.bias, 0, 0.1)
        if isinstance(module, nn.MultiheadAttention):
            nn.init.normal_(module.in_proj_bias, 0, 0.1)
    inputs = make_inputs()
    labels = None if classes is None else torch.randint(0, classes, model(inputs).shape[:-1])

    Kinks.smallest = math.inf
    result = evaluate(model, inputs, labels)
    assert Kinks.smallest > KINK, f"{family}: a ReLU or max-pool kink is only {Kinks.smallest:.1e} away; change the seed"
    parameters = ours(model.named_parameters())
    exact = evaluate(model.double(), inputs.double() if inputs.is_floating_point() else inputs, labels)
    error = max(((result[k] - e).abs() / e.abs().clamp(min=1)).max().item() for k, e in exact.items())
    assert error < TOLERANCE, f"{family}: float32 is {error:.1e} away from float64"

    if sum(p.numel() for p in parameters.values()) > REDUCED_ABOVE:
        for step in OPTIMIZERS:
            for name in parameters:
                updated = result[f"{step}.{name}"].double()
                result[f"{step}.sum.{name}"] = torch.stack([updated.sum(), updated.square().sum()])
                if name not in REDUCED_KEEPS:
                    del result[f"{step}.{name}"]
    result.update({f"parameters.{name}": p for name, p in parameters.items()})
    result["inputs"] = inputs
    if labels is not None:
        result["labels"] = labels
    return result, f"float64 error {error:.1e}, nearest kink {Kinks.smallest:.1e}"


# ---------------------------------------------------------------- family 10: attacks

def read_idx(path):
    data = gzip.decompress(path.read_bytes())
    shape = struct.unpack(f">{data[3]}I", data[4:4 + 4 * data[3]])
    return torch.from_numpy(np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(shape).copy())


def gradient(model, x, labels):
    x = x.detach().requires_grad_()
    return torch.autograd.grad(F.cross_entropy(model(x), labels), x)[0]


def train_fgsm_rs(model, images, labels, eps=0.1, epochs=2, batch=128):
    """Fast adversarial training: one FGSM step of 1.25 eps from a random start (Wong et al. 2020)."""
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for _ in range(epochs):
        for index in torch.randperm(len(images)).split(batch):
            x, y = images[index].float().unsqueeze(1) / 255, labels[index]
            delta = torch.empty_like(x).uniform_(-eps, eps)
            delta = (x + delta).clamp(0, 1) - x
            delta = (delta + 1.25 * eps * gradient(model, x + delta, y).sign()).clamp(-eps, eps)
            delta = (x + delta).clamp(0, 1) - x
            optimizer.zero_grad()
            F.cross_entropy(model(x + delta), y).backward()
            optimizer.step()


def attack_linf(model, x, labels, eps, step, steps):
    """FGSM is one step of eps; PGD starts from the clean image."""
    adversarial = x
    for _ in range(steps):
        moved = adversarial + step * gradient(model, adversarial, labels).sign()
        adversarial = (x + (moved - x).clamp(-eps, eps)).clamp(0, 1)
    return adversarial


def attack_l2(model, x, labels, eps, step, steps):
    """FGM is one step of eps; PGD starts from the clean image. Norms are per image."""
    def norm(t):
        return t.flatten(1).norm(dim=1).clamp(min=1e-12).view(-1, 1, 1, 1)

    adversarial = x
    for _ in range(steps):
        g = gradient(model, adversarial, labels)
        delta = adversarial + step * g / norm(g) - x
        adversarial = (x + delta * (eps / norm(delta)).clamp(max=1)).clamp(0, 1)
    return adversarial


def generate_attacks(fashion):
    torch.manual_seed(SEED)
    model = StridedCnn(28)
    train_fgsm_rs(model, read_idx(fashion / "train-images-idx3-ubyte.gz"), read_idx(fashion / "train-labels-idx1-ubyte.gz").long())
    model.eval()
    images = read_idx(fashion / "t10k-images-idx3-ubyte.gz")[:256].unsqueeze(1)
    labels = read_idx(fashion / "t10k-labels-idx1-ubyte.gz")[:256].long()
    x = images.float() / 255
    attacked = {
        "clean": x,
        "fgsm": attack_linf(model, x, labels, 0.1, 0.1, 1),
        "pgd": attack_linf(model, x, labels, 0.1, 0.01, 40),
        "fgm_l2": attack_l2(model, x, labels, 1.5, 1.5, 1),
        "pgd_l2": attack_l2(model, x, labels, 1.5, 0.15, 40),
    }
    result = {f"parameters.{name}": p for name, p in model.named_parameters()}
    result.update(images=images, labels=labels, fgsm_images=attacked["fgsm"][:8], clean_logits=model(x))
    counts = []
    for name, images in attacked.items():
        top = model(images).detach().topk(2, dim=1)
        result[f"{name}_predictions"] = top.indices[:, 0].clone()
        result[f"{name}_margin"] = top.values[:, 0] - top.values[:, 1]
        result[f"{name}_correct"] = (top.indices[:, 0] == labels).sum().reshape(1)
        counts.append(f"{name} {result[f'{name}_correct'].item()}")
    return result, "correct of 256: " + ", ".join(counts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fashion", type=pathlib.Path, default=pathlib.Path("/usr/share/datasets/fashion-mnist"), metavar="DIR")
    parser.add_argument("families", nargs="*", metavar="family", help=", ".join([*FAMILIES, "attacks"]))
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    total = 0
    for family in arguments.families or [*FAMILIES, "attacks"]:
        result, note = generate_attacks(arguments.fashion) if family == "attacks" else generate(family)
        size = save(family, result)
        total += size
        print(f"{family:26} {size:9,} bytes  {note}", flush=True)
    print(f"{'total':26} {total:9,} bytes")


if __name__ == "__main__":
    main()
