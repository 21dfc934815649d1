# Writes printing.json, tensors.json, draws.json and optimizers.json beside itself, the same bytes at every run:
#
#     python3 -m pip install torch
#     python3 Tests/RecurrentTests/Goldens/generate.py
#
# `Benchmarks/run` makes an environment with PyTorch, Benchmarks/.environment/bin/python. The tests run without it.
# Everything is computed in float64; draws.json holds single-precision draws, as PyTorch makes them unless told otherwise.

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

folder = Path(__file__).parent


def write(name, value):
    (folder / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")


def array(tensor):
    return {"shape": list(tensor.shape), "values": [float(x) for x in tensor.detach().flatten().tolist()]}


# printing.json: tensors and what PyTorch prints. Values are written as text, for JSON has no infinities.

def printed():
    inf, nan = math.inf, math.nan
    torch.manual_seed(8)
    large = lambda *shape: (torch.randn(shape) * 1000).round() / 1000  # few digits, for a small file
    vectors = [
        [1, 2000], [1e8], [1.0], [0.0], [-0.0], [0.0, -0.0, 1.5], [1, 1000], [1, 1001], [0.5, 500], [0.5, 500.5], [1e8, 1e8 + 1],
        [99999999], [100000001], [123456789.5], [0.0001], [0.00009999], [0.0001, 0.1], [0.0001, 0.10001], [1e-5], [1e-5, 0], [1e-300],
        [1e300], [5e-324], [1.7976931348623157e308], [1, 1e16], [3, nan], [nan], [inf], [-inf], [nan, -inf], [inf, 1, -inf], [0.5, inf],
        [0.5, -inf], [1e-7, inf, nan, 0], [0, 0, 0], [0, inf], [-1, 2, -3], [-1.5, 2, 300.25], [12, -1000], [-0.5, 0],
        [0.12345, 0.12355], [0.00005, 0.03], [2.00005, 3.00015], [0.03125, 0.09375], [0.00015, 0.1], [9.99995, 1], [9.99996, 1],
        [99.99996, 1], [0.99999], [0.99994], [1.00005e-30], [1.00015e-5], [1.00025e10], [123455e9], [123445e9], [9.99995e20],
        [9.999951e-20], [1234.5678, 2.5], [1 / 3, 2 / 3], [1e-4, 1.0], [math.pi * 10 ** k for k in range(-3, 1)],
        [2.0 ** k for k in range(0, 10)], [2.0 ** k for k in range(0, 11)], [10.0 ** k for k in range(-8, 9)], [],
        [0.1 * k for k in range(20)], [float(k) for k in range(40)], [k * 1e-6 for k in range(25)], [1000.0] * 12, [2.5] * 30,
    ]
    tensors = [torch.tensor(v, dtype=torch.float64) for v in vectors]
    tensors += [torch.tensor(v, dtype=torch.float64) for v in [3.0, -2.5, 0.0, 1e-9, 2e9, inf, -inf, nan, 1234567.0, 0.00012345]]
    tensors += [torch.zeros(s) for s in [(0, 3), (0,), (3, 0), (2, 0, 4), (2, 3), (1, 1, 1), (2, 1, 3)]]
    tensors += [torch.randn(s) for s in [(2, 3), (3, 3, 2), (2, 2, 2, 2), (5,), (1, 20), (30,), (4, 13), (2, 1, 9)]]
    tensors += [
        torch.tensor([[1.0, 2000.0], [3.5, 0.0]]), torch.tensor([[1.0, inf], [-2.0, nan]]), torch.tensor([[0.0, 1e-9], [2.0, -3.0]]),
        torch.arange(1000.0), torch.arange(1001.0), torch.arange(2000.0), torch.arange(1.0, 1500.0) / 1024, torch.zeros(2000),
        torch.ones(1200) * 2.5, torch.ones(40, 40), large(40, 40), large(2, 600), large(600, 2), large(7, 7, 30),
        large(5, 5, 50), large(3, 400, 1), torch.arange(2048.0).reshape(2, 4, 256), torch.arange(1200.0).reshape(6, 200),
        large(1100) * 2.0**-20,
    ]
    for hidden in [1e9, 0.5, nan, 1e-9]:  # values that are left out do not choose the style
        vector = torch.arange(1.0, 1201.0) % 7 + 1
        vector[600] = hidden
        tensors.append(vector)
    for shown in [1e9, 0.5, -inf]:
        vector = torch.arange(1.0, 1201.0) % 7 + 1
        vector[1198] = shown
        tensors.append(vector)
    matrix = torch.ones(50, 50)
    matrix[3:-3] = 1e-12
    matrix[:, 3:-3] = 12345.678
    tensors.append(matrix)
    return [
        {"shape": list(t.shape), "values": [repr(float(x)) for x in t.flatten().tolist()], "text": str(t)} for t in tensors
    ]


# tensors.json: for each name the operands, the result, the weight of each of its places in a loss, and the gradients of the operands.
# A result of whole numbers or truths has no gradients.

def operations():
    torch.manual_seed(17)
    rand = lambda *shape: torch.rand(shape) * 4 - 2
    positive = lambda *shape: torch.rand(shape) + 0.5
    wide = torch.tensor([[-1.5, -1.0, -0.5], [0.0, 0.75, 3.0]])
    ties = torch.tensor([[1.0, 2.0, 2.5], [0.0, -1.0, 4.0]])
    cases = []

    def case(name, operands, operation):
        operands = [o.clone().requires_grad_() for o in operands]
        results = operation(*operands)
        for part, result in enumerate(results if isinstance(results, tuple) else (results,)):
            entry = {"name": f"{name} #{part}" if isinstance(results, tuple) else name, "operands": [array(o) for o in operands]}
            entry["result"] = array(result.double())
            if result.requires_grad:
                weight = torch.linspace(-1, 2, result.numel()).reshape(result.shape) if result.dim() else torch.tensor(0.75)
                gradients = torch.autograd.grad((weight * result).sum(), operands, retain_graph=True, allow_unused=True)
                entry["weight"] = array(weight)
                entry["gradients"] = [array(torch.zeros_like(o) if g is None else g) for o, g in zip(operands, gradients)]
            cases.append(entry)

    a23, b23, a3, v4 = rand(2, 3), rand(2, 3), rand(3), rand(4)
    case("view(3, 2)", [a23], lambda a: a.view(3, 2))
    case("view(-1)", [a23], lambda a: a.view(-1))
    case("squeeze", [rand(1, 3, 1, 2)], lambda a: a.squeeze())
    case("squeeze(0)", [rand(1, 3, 1)], lambda a: a.squeeze(0))
    case("squeeze(-1)", [rand(1, 3, 1)], lambda a: a.squeeze(-1))
    case("squeeze(1) of 3", [rand(1, 3, 1)], lambda a: a.squeeze(1))
    case("unsqueeze(0)", [a23], lambda a: a.unsqueeze(0))
    case("unsqueeze(1)", [a23], lambda a: a.unsqueeze(1))
    case("unsqueeze(-1)", [a23], lambda a: a.unsqueeze(-1))
    case("cat", [a23, rand(1, 3)], lambda a, b: torch.cat([a, b]))
    case("cat, axis 1", [a23, rand(2, 2)], lambda a, b: torch.cat([a, b], dim=1))
    case("cat, axis -1", [a23, b23, rand(2, 1)], lambda a, b, c: torch.cat([a, b, c], dim=-1))
    case("stack", [a23, b23], lambda a, b: torch.stack([a, b]))
    case("stack, axis 1", [a23, b23], lambda a, b: torch.stack([a, b], dim=1))
    case("stack, axis -1", [a23, b23], lambda a, b: torch.stack([a, b], dim=-1))
    case("arange(5)", [], lambda: torch.arange(5.0))
    case("arange(1, 2.5)", [], lambda: torch.arange(1, 2.5))
    case("arange(1, 2.5, 0.5)", [], lambda: torch.arange(1, 2.5, 0.5))
    case("arange(5, 0, -2)", [], lambda: torch.arange(5.0, 0, -2))
    case("arange(0)", [], lambda: torch.arange(0.0))
    case("linspace(-10, 10, 5)", [], lambda: torch.linspace(-10, 10, 5))
    case("linspace(0, 1, 11)", [], lambda: torch.linspace(0, 1, 11))
    case("linspace(3, 1, 4)", [], lambda: torch.linspace(3, 1, 4))
    case("linspace(3, 1, 1)", [], lambda: torch.linspace(3, 1, 1))
    case("eye(3)", [], lambda: torch.eye(3))
    case("eye(2, 4)", [], lambda: torch.eye(2, 4))
    case("full", [], lambda: torch.full((2, 3), 1.5))
    case("abs", [wide], torch.abs)
    for exponent in [2, 3, 0, 1, -1, -2, 0.5, 7, 10]:
        case(f"pow {exponent:g}", [wide if exponent > 0 and exponent != 0.5 else positive(2, 3)], lambda a: torch.pow(a, exponent))
    case("pow 2.5", [positive(2, 3)], lambda a: a ** 2.5)
    case("pow -1.3", [positive(2, 3)], lambda a: a ** -1.3)
    case("pow 2 of tensor", [wide], lambda a: 2.0 ** a)
    case("pow of tensors", [positive(2, 3), a3], torch.pow)
    for unbiased in [True, False]:
        flag = "" if unbiased else ", biased"
        case("std" + flag, [a23], lambda a: a.std(unbiased=unbiased))
        case("var" + flag, [a23], lambda a: a.var(unbiased=unbiased))
        for axis in [0, 1, -1]:
            case(f"std, axis {axis}" + flag, [a23], lambda a: a.std(axis, unbiased=unbiased))
            case(f"var, axis {axis}" + flag, [a23], lambda a: a.var(axis, unbiased=unbiased))
    case("std, axis 1 kept", [a23], lambda a: a.std(1, keepdim=True))
    case("var, axis 0 kept", [a23], lambda a: a.var(0, keepdim=True))
    case("std of equals", [torch.ones(3)], lambda a: a.std())
    case("clamp", [wide], lambda a: torch.clamp(a, min=-1, max=0.75))
    case("clamp min", [wide], lambda a: a.clamp(min=0))
    case("clamp max", [wide], lambda a: a.clamp(max=0.5))
    case("clamp crossed", [wide], lambda a: a.clamp(min=1, max=-1))
    for axis in [0, 1, 2, -1]:
        case(f"cumsum, axis {axis}", [rand(2, 3, 2)], lambda a: a.cumsum(axis))
    case("cumsum of a vector", [v4], lambda a: a.cumsum(0))
    case("topk 2", [rand(3, 5)], lambda a: tuple(a.topk(2)))
    case("topk 3, axis 0", [rand(4, 2)], lambda a: tuple(a.topk(3, dim=0)))
    case("topk 2 smallest", [rand(3, 4)], lambda a: tuple(a.topk(2, largest=False)))
    case("topk of all", [v4], lambda a: tuple(a.topk(4)))
    mask = torch.tensor([[True, False, True], [False, False, True]])
    case("where", [a23, b23], lambda a, b: torch.where(mask, a, b))
    case("where, stretched", [a3, rand(2, 1)], lambda a, b: torch.where(mask, a, b))
    case("where with a number", [a23], lambda a: torch.where(a > 0, a, 0.5))
    case("where of a method", [a23, b23], lambda a, b: a.where(mask, b))
    case("maskedFill", [a23], lambda a: a.masked_fill(mask, -3.5))
    for name, operation in [(">", torch.gt), (">=", torch.ge), ("<", torch.lt), ("<=", torch.le), ("==", torch.eq), ("!=", torch.ne)]:
        case(f".{name}", [ties, torch.tensor([1.0, 2.0, 3.0])], operation)
        case(f".{name} 1", [ties], lambda a: operation(a, 1.0))
        case(f"1 .{name}", [ties], lambda a: operation(torch.tensor(1.0), a))
    case("oneHot", [], lambda: F.one_hot(torch.tensor([2, 0, 1])))
    case("oneHot of 5", [], lambda: F.one_hot(torch.tensor([[2, 0], [1, 4]]), 5))
    for equation, left, right in [
        ("ij,jk->ik", (2, 3), (3, 4)), ("ij,kj->ik", (2, 3), (4, 3)), ("ij,jk->ki", (2, 3), (3, 4)), ("ij,jk", (2, 3), (3, 4)),
        ("bij,bjk->bik", (2, 3, 4), (2, 4, 2)), ("bik,bjk->bij", (2, 3, 4), (2, 2, 4)), ("bhqd,bhkd->bhqk", (2, 2, 3, 4), (2, 2, 2, 4)),
        ("i,j->ij", (3,), (4,)), ("i,i->", (4,), (4,)), ("ij,ij->ij", (2, 3), (2, 3)), ("ij,ij->", (2, 3), (2, 3)),
        ("ij,j->i", (2, 3), (3,)), ("i,ij->j", (2,), (2, 3)), ("ij,k->k", (2, 3), (4,)), ("ij,kl->il", (2, 3), (4, 2)),
        ("nqk,nkd->qnd", (2, 3, 4), (2, 4, 2)), ("b i j , b j -> b i", (2, 3, 4), (2, 4)), ("ba,ca", (2, 3), (4, 3)),
        ("abc,cd->bad", (2, 3, 4), (4, 2)), (",i->i", (), (3,)),
    ]:
        case(f"einsum {equation}", [rand(*left), rand(*right)], lambda a, b: torch.einsum(equation, a, b))
    case("padSequence", [rand(2, 3), rand(4, 3), rand(1, 3)], lambda *s: torch.nn.utils.rnn.pad_sequence(list(s)))
    case("padSequence, batch first", [rand(2), rand(4), rand(1)],
         lambda *s: torch.nn.utils.rnn.pad_sequence(list(s), batch_first=True, padding_value=-1.0))
    case("layerNorm", [rand(2, 4), positive(4), rand(4)], lambda x, w, b: F.layer_norm(x, (4,), w, b))
    case("layerNorm without bias", [rand(2, 4), positive(4)], lambda x, w: F.layer_norm(x, (4,), w))
    case("layerNorm, plain", [rand(3, 2, 4)], lambda x: F.layer_norm(x, (4,)))
    case("layerNorm, two axes", [rand(3, 2, 4), positive(2, 4), rand(2, 4)], lambda x, w, b: F.layer_norm(x, (2, 4), w, b, 1e-3))
    case("sequential", [rand(2, 3), rand(4, 3), rand(4), rand(2, 4), rand(2)],
         lambda x, w0, b0, w2, b2: F.linear(torch.tanh(F.linear(x, w0, b0)), w2, b2))

    case("gather, axis 1", [rand(3, 4)], lambda a: a.gather(1, torch.tensor([[0, 3], [2, 2], [1, 0]])))
    case("gather, axis 0", [rand(3, 4)], lambda a: a.gather(0, torch.tensor([[0, 2, 2], [1, 1, 0]])))
    case("gather, axis -1", [rand(2, 2, 3)], lambda a: a.gather(-1, torch.tensor([[[2], [0]], [[1], [1]]])))
    case("sort", [rand(2, 4)], lambda a: tuple(a.sort()))
    case("sort, axis 0", [rand(3, 2)], lambda a: tuple(a.sort(0)))
    case("sort descending", [torch.tensor([1.0, 3.0, 2.0, -1.0])], lambda a: tuple(a.sort(descending=True)))
    case("argsort", [rand(2, 4)], lambda a: a.argsort())
    case("flip", [rand(2, 3)], lambda a: a.flip(0))
    case("flip of two axes", [rand(2, 3, 2)], lambda a: a.flip(0, -1))
    case("roll 1", [rand(4, 2)], lambda a: a.roll(1, 0))
    case("roll -5", [rand(2, 3)], lambda a: a.roll(-5, 1))
    case("diag of a vector", [rand(3)], lambda a: a.diag())
    case("diag of a matrix", [rand(2, 3)], lambda a: a.diag())
    case("tril", [rand(3, 4)], lambda a: a.tril())
    case("tril 1", [rand(2, 3, 3)], lambda a: a.tril(1))
    case("triu -1", [rand(4, 3)], lambda a: a.triu(-1))
    case("split", [rand(5, 2)], lambda a: tuple(a.split(2)))
    case("chunk", [rand(2, 5)], lambda a: tuple(a.chunk(3, dim=1)))
    case("unbind", [rand(2, 3)], lambda a: tuple(a.unbind(1)))
    case("expand", [rand(3, 1)], lambda a: a.expand(2, -1, 4))
    case("repeat", [rand(2, 3)], lambda a: a.repeat(2, 1, 2))
    case("outer", [rand(2), rand(3)], torch.outer)
    case("sum of axes", [rand(2, 3, 4)], lambda a: a.sum((0, 2)))
    case("sum of axes kept", [rand(2, 3, 4)], lambda a: a.sum((0, -1), keepdim=True))
    case("mean of axes", [rand(2, 3, 4)], lambda a: a.mean((1, 2)))
    case("norm, axis 1", [rand(2, 3)], lambda a: a.norm(dim=1))
    case("norm, axis 0 kept", [torch.tensor([[3.0, 0.0], [4.0, 0.0]])], lambda a: a.norm(dim=0, keepdim=True))
    halves = torch.tensor([-1.5, -0.5, 0.5, 1.5, 2.25, -0.0])
    for name in ["round", "floor", "ceil", "sign"]:
        case(name, [halves], getattr(torch, name))
    for name in ["sin", "cos", "tanh", "sigmoid", "relu", "exp"]:
        case(f"x.{name}()", [rand(5)], getattr(torch, name))
    for name in ["log", "sqrt"]:
        case(f"x.{name}()", [positive(4)], getattr(torch, name))
    case("x.softmax", [rand(2, 3)], lambda a: a.softmax(0))
    case("x.logSoftmax", [rand(2, 3)], lambda a: a.log_softmax(1))

    def in_place(x, w):
        y = x * 2
        y += w
        y *= y[0] + 1
        y[1] -= w * w
        return y / 2

    case("in place", [rand(2, 3), rand(3)], in_place)

    def assigned(x, w):
        y = torch.zeros(2, 3)
        y[0] = w * 5
        y[1, 2] = x[0, 1] * x[1, 1]
        y[:, 0] = y[:, 1] * 2
        return y

    def overwritten(x, w):
        y = x * x
        z = y[0] * 3
        y[0] = w
        y[1] = 7.0
        return y * 2 + z

    case("assigned parts", [rand(2, 3), rand(3)], assigned)
    case("overwritten result", [rand(2, 3), rand(3)], overwritten)
    return cases


# draws.json: what comes of chance, in single precision.

def draws():
    torch.set_default_dtype(torch.float32)
    found = []

    def draw(seed, call, operation, *operands):
        torch.manual_seed(seed)
        first = operation(*operands)
        found.append({
            "seed": seed, "call": call, "operands": [array(o) for o in operands], "result": array(first), "next": array(torch.rand(2)),
        })

    for seed in [0, 1, 42]:
        draw(seed, "randint 10", lambda: torch.randint(10, (3, 4)))
        draw(seed, "randint -3 3", lambda: torch.randint(-3, 3, (20,)))
        draw(seed, "randint 2^27", lambda: torch.randint(2**27, (5,)))
        draw(seed, "randint 2^28", lambda: torch.randint(2**28, (5,)))
        draw(seed, "randint 2^40", lambda: torch.randint(2**40, (5,)))
        for count in [0, 1, 2, 7, 100]:
            draw(seed, f"randperm {count}", lambda: torch.randperm(count))
        weights = torch.tensor([0.1, 0.0, 0.4, 0.3, 0.2])
        table = torch.tensor([[1.0, 2.0, 3.0], [5.0, 0.0, 0.5]])
        draw(seed, "multinomial 1", lambda w: torch.multinomial(w, 1), weights)
        draw(seed, "multinomial 3", lambda w: torch.multinomial(w, 3), weights)
        draw(seed, "multinomial 2", lambda w: torch.multinomial(w, 2), table)
        draw(seed, "multinomial 1 again", lambda w: torch.multinomial(w, 1, replacement=True), table)
        draw(seed, "multinomial 12 again", lambda w: torch.multinomial(w, 12, replacement=True), weights)
        draw(seed, "multinomial 12 again", lambda w: torch.multinomial(w, 12, replacement=True), table)
        for rows, columns in [(3, 3), (4, 2), (2, 5), (8, 8), (32, 8), (1, 4)]:
            draw(seed, f"orthogonal {rows} {columns}", lambda: torch.nn.init.orthogonal_(torch.empty(rows, columns)))
        draw(seed, "orthogonal 6 6 gain", lambda: torch.nn.init.orthogonal_(torch.empty(6, 6), gain=1.5))
    torch.set_default_dtype(torch.float64)
    return found


# optimizers.json: where (1, 2, −1) goes with gradients handed in.

def paths():
    found = []
    gradients = [[1, -2, 0.5], [0.25, 4, -1], [-3, 0.125, 1e-3], [0.5, 0.5, 0.5], [-1, 2, 1e-8]]
    for name, make in {
        "SGD decayed": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.2),
        "AdamW": lambda p: torch.optim.AdamW(p),
        "AdamW 0.1": lambda p: torch.optim.AdamW(p, lr=0.1, betas=(0.8, 0.99), eps=1e-3, weight_decay=0.2),
        "AdamW without decay": lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0),
        "RMSprop": lambda p: torch.optim.RMSprop(p),
        "RMSprop 0.1": lambda p: torch.optim.RMSprop(p, lr=0.1, alpha=0.9, eps=1e-3),
        "RMSprop momentum": lambda p: torch.optim.RMSprop(p, lr=0.05, momentum=0.9),
        "RMSprop centered": lambda p: torch.optim.RMSprop(p, lr=0.05, centered=True, weight_decay=0.1),
        "RMSprop all": lambda p: torch.optim.RMSprop(p, lr=0.05, alpha=0.8, momentum=0.5, centered=True, weight_decay=0.1),
    }.items():
        x = torch.tensor([1.0, 2.0, -1.0], requires_grad=True)
        optimizer = make([x])
        path = []
        for gradient in gradients:
            x.grad = torch.tensor(gradient)
            optimizer.step()
            path.append(x.tolist())
        found.append({"name": name, "gradients": gradients, "path": path})
    return found


torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
write("printing.json", printed())
write("tensors.json", operations())
write("draws.json", draws())
write("optimizers.json", paths())
