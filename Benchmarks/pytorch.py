"""Times one forward and one backward pass of each recurrent layer in PyTorch: CPU, float64, one thread.

Prints the lines that Layers.swift prints: layer L N d H microseconds of processor time.
"""

import time

import torch

SIZES = [(3, 4, 5, 6), (10, 3, 100, 20), (50, 16, 32, 64), (100, 32, 128, 256)]


def measure(name, size):
    L, N, d, H = size
    torch.manual_seed(0)
    layer = getattr(torch.nn, name)(d, H)
    x = torch.randn(L, N, d, requires_grad=True)
    weight = torch.randn(L, N, H)

    def run():
        start = time.process_time()
        layer.zero_grad()
        x.grad = None
        (layer(x)[0] * weight).sum().backward()
        return time.process_time() - start

    run()
    durations, start = [], time.process_time()
    while len(durations) < 3 or time.process_time() - start < 0.5:
        durations.append(run())
    print(name, *size, sorted(durations)[len(durations) // 2] * 1e6)


torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
for size in SIZES:
    for name in ("RNN", "LSTM", "GRU"):
        measure(name, size)
