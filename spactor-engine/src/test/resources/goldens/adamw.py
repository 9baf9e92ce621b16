"""Five steps of AdamW, for OptimizersTest: torch.optim.AdamW in float64, and with the scaling by the root mean square of
nanoT5's AdamWScale, written out in NumPy. Run once, with PyTorch 2: python adamw.py"""

import json
import struct

import numpy as np
import torch

STEPS = 5
RATES = [0.02, 0.015, 0.01, 0.03, 0.005]
BETAS, EPSILON, DECAY, SEED = (0.9, 0.99), 1e-6, 0.1, 3
SHAPES = {"matrix": (7, 5), "vector": (6,)}


def plain(start, gradients, decay):
    parameter = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimizer = torch.optim.AdamW([parameter], betas=BETAS, eps=EPSILON, weight_decay=decay)
    for rate, gradient in zip(RATES, gradients):
        optimizer.param_groups[0]["lr"] = rate
        parameter.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        yield parameter.detach().numpy().copy()


def scaled(start, gradients, decay):
    p, mean, squares = start.astype(np.float64), 0.0, 0.0
    for step, (rate, gradient) in enumerate(zip(RATES, gradients), start=1):
        g = gradient.astype(np.float64)
        mean = BETAS[0] * mean + (1 - BETAS[0]) * g
        squares = BETAS[1] * squares + (1 - BETAS[1]) * g**2
        correction = np.sqrt(1 - BETAS[1] ** step) / (1 - BETAS[0] ** step)
        root_mean_square = np.sqrt(np.mean(p**2))
        update = correction * mean / (np.sqrt(squares) + EPSILON * np.sqrt(1 - BETAS[1] ** step))
        p = p - rate * max(1e-3, root_mean_square) * update - rate * decay * p
        yield p


def write(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        raw = np.ascontiguousarray(tensor, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


random = np.random.default_rng(SEED)
tensors = {"lr": np.array(RATES)}
for name, shape in SHAPES.items():
    start = random.normal(size=shape).astype(np.float32)
    gradients = [random.normal(scale=0.3, size=shape).astype(np.float32) for _ in range(STEPS)]
    tensors[f"{name}.p0"] = start
    for step, gradient in enumerate(gradients, start=1):
        tensors[f"{name}.g{step}"] = gradient
    decay = DECAY if len(shape) > 1 else 0.0
    for kind, run in {"plain": plain, "scaled": scaled}.items():
        for step, parameter in enumerate(run(start, gradients, decay), start=1):
            tensors[f"{name}.{kind}.p{step}"] = parameter
write("adamw.safetensors", tensors)
