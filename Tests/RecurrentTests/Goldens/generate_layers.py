# Makes the goldens of layers, attention, losses and Embedding that lie beside this file, in float64 with fixed seeds:
#     python generate_layers.py          (PyTorch 2.x; the tests read the files alone)
import inspect
import json
import os
import sys
import types

import torch
from torch import nn

# PyTorch's test modules ask for it, its sample inputs do not.
sys.modules.setdefault("expecttest", types.SimpleNamespace(TestCase=object, assert_expected_inline=None))
from torch.testing._internal import common_modules
from torch.testing._internal.common_modules import FunctionInput, ModuleInput

torch.set_default_dtype(torch.float64)
FOLDER = os.path.dirname(os.path.abspath(__file__))


def array(tensor):
    tensor = tensor.detach().to(torch.float64)
    return {"shape": list(tensor.shape), "values": tensor.flatten().tolist()}


def arrays(tensors):
    return [array(tensor) for tensor in tensors]


def flat(x):
    """The tensors of nested tuples, in their order."""
    return [x] if torch.is_tensor(x) else [t for part in x or () for t in flat(part)]


def gradients(loss, named):
    loss.backward()
    return {name: array(tensor.grad) for name, tensor in named.items() if tensor is not None}


def weighted(results):
    """A loss in which every number of every result counts differently, and the weights."""
    weights = [torch.rand_like(result) for result in results]
    return sum((w * r * r).sum() for w, r in zip(weights, results)), arrays(weights)


def options(cls, given):
    """All arguments of a constructor under their names, positional ones too."""
    bound = inspect.signature(cls.__init__).bind(None, *given.args, **given.kwargs)
    result = {k: v for k, v in bound.arguments.items() if k not in ("self", "args", "kwargs")}
    result.update(bound.arguments.get("kwargs", {}))
    names = ["input_size", "hidden_size", "num_layers"]
    result.update(zip(names, bound.arguments.get("args", ())))
    return result


def case(name, **values):
    return {"name": name, **values}


def write(file, cases):
    with open(os.path.join(FOLDER, file + ".json"), "w") as out:
        out.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
    print(file, len(cases))


# Recurrent layers and cells: PyTorch's own sample inputs (87), and projections of batches.

def samples(function, cls, **kwargs):
    torch.manual_seed(0)
    return [(cls, s) for s in function(None, device="cpu", dtype=torch.float64, requires_grad=True, training=True, **kwargs)]


def recurrent_samples():
    m = common_modules
    result = samples(m.module_inputs_torch_nn_RNN_GRU, nn.RNN, is_rnn=True)
    result += samples(m.module_inputs_torch_nn_RNN_GRU, nn.GRU, is_rnn=False)
    result += samples(m.module_inputs_torch_nn_LSTM, nn.LSTM)
    result += samples(m.module_inputs_torch_nn_RNN_GRU_Cell, nn.RNNCell, is_rnn=True)
    result += samples(m.module_inputs_torch_nn_RNN_GRU_Cell, nn.GRUCell, is_rnn=False)
    result += samples(m.module_inputs_torch_nn_LSTMCell, nn.LSTMCell)
    assert len(result) == 87
    return result


def projected_batches():
    torch.manual_seed(1)
    for layers, batch_first, bidirectional, bias in [(1, False, False, True), (2, True, True, True), (3, False, True, False)]:
        own = dict(input_size=3, hidden_size=4, num_layers=layers, batch_first=batch_first, bidirectional=bidirectional,
                   bias=bias, proj_size=2)
        x = torch.randn((2, 5, 3) if batch_first else (5, 2, 3)).requires_grad_()
        s = layers * (2 if bidirectional else 1)
        states = (torch.randn(s, 2, 2).requires_grad_(), torch.randn(s, 2, 4).requires_grad_())
        yield nn.LSTM, ModuleInput(FunctionInput(**own), FunctionInput(x, states))


def recurrent(index, cls, sample):
    torch.manual_seed(100 + index)
    module = cls(*sample.constructor_input.args, **sample.constructor_input.kwargs)
    x, *states = sample.forward_input.args
    results = flat(module(x, *states))
    loss, weights = weighted(results)
    states = flat(states)
    named = {"input": x, **{f"state{i}": s for i, s in enumerate(states)}, **dict(module.named_parameters())}
    return case(
        cls.__name__, options=options(cls, sample.constructor_input), input=array(x), states=arrays(states),
        parameters={n: array(p) for n, p in module.named_parameters()}, results=arrays(results), weights=weights,
        gradients=gradients(loss, named))


# Cross entropy.

def cross_entropies():
    torch.manual_seed(2)
    index = 0
    for shape in [(4,), (5, 4), (3, 4, 2), (2, 3, 2, 2)]:
        classes = shape[0] if len(shape) == 1 else shape[1]
        positions = () if len(shape) == 1 else shape[:1] + shape[2:]
        for kind in ["labels", "ignored", "probabilities"]:
            for weighs in [False, True]:
                for smoothing in [0.0, 0.3]:
                    for reduction in ["none", "mean", "sum"]:
                        logits = torch.randn(shape).requires_grad_()
                        weight = torch.rand(classes) + 0.1 if weighs else None
                        ignore = -100
                        if kind == "probabilities":
                            target = torch.softmax(torch.randn(shape), 0 if len(shape) == 1 else 1).requires_grad_()
                        else:
                            target = torch.randint(0, classes, positions)
                            if kind == "ignored":
                                ignore = [-100, -1, 1][index % 3]
                                if len(shape) > 1:
                                    target.view(-1)[0] = ignore
                                    target.view(-1)[1] = 0
                        index += 1
                        loss = nn.functional.cross_entropy(
                            logits, target, weight=weight, ignore_index=ignore, reduction=reduction, label_smoothing=smoothing)
                        if not torch.isfinite(loss).all():
                            continue
                        total, weights = weighted([loss])
                        named = {"logits": logits, **({"target": target} if kind == "probabilities" else {})}
                        yield case(
                            kind, logits=array(logits), target=array(target), weight=None if weight is None else array(weight),
                            ignore_index=ignore, label_smoothing=smoothing, reduction=reduction, loss=array(loss),
                            loss_weight=weights[0], gradients=gradients(total, named))


# Embedding and Linear.

def tables():
    torch.manual_seed(3)
    for padding in [None, 0, 2, -1]:
        table = nn.Embedding(5, 3, padding_idx=padding)
        words = torch.tensor([[0, 2, 4], [2, 1, 2]])
        results = [table(words)]
        loss, weights = weighted(results)
        yield case(
            "Embedding", padding_index=padding, words=words.tolist(), parameters={"weight": array(table.weight)},
            results=arrays(results), weights=weights, gradients=gradients(loss, {"weight": table.weight}))


# Multi-head attention: PyTorch's own sample inputs (64), and batches with other sizes and masks.

def attention_samples():
    return samples(common_modules.module_inputs_torch_nn_MultiheadAttention, nn.MultiheadAttention)


def attention_batches():
    torch.manual_seed(4)
    for i in range(48):
        batch_first, bias, averages = i % 2 == 0, i // 2 % 2 == 0, i // 4 % 2 == 0
        kdim, vdim = [(None, None), (3, 5), (None, 5)][i % 3]
        n, l, s, heads = 2, 3, 4, 2
        own = dict(embed_dim=4, num_heads=heads, bias=bias, add_bias_kv=i // 8 % 2 == 0, add_zero_attn=i // 3 % 2 == 0,
                   kdim=kdim, vdim=vdim, batch_first=batch_first)
        def draw(length, size):
            return torch.randn((n, length, size) if batch_first else (length, n, size)).requires_grad_()
        padding = [None, torch.tensor([[False, True, False, False], [False, False, False, True]]), torch.randn(n, s)][i // 5 % 3]
        mask = [
            None, torch.triu(torch.ones(l, s), 1).bool(), torch.randn(l, s), torch.randn(n * heads, l, s),
            (torch.rand(n * heads, l, s) < 0.3) & (torch.arange(s) > 0),
        ][i % 5]
        if mask is not None and padding is not None and mask.dtype != padding.dtype:
            padding = None
        yield nn.MultiheadAttention, ModuleInput(FunctionInput(**own), FunctionInput(
            draw(l, 4), draw(s, kdim or 4), draw(s, vdim or 4), attn_mask=mask, key_padding_mask=padding,
            average_attn_weights=averages))


def mask(tensor):
    return None if tensor is None else {"excludes": tensor.dtype == torch.bool, **array(tensor)}


def attention(index, cls, sample):
    torch.manual_seed(200 + index)
    own, given = sample.constructor_input, sample.forward_input
    module = cls(*own.args, **own.kwargs)
    for name, parameter in module.named_parameters():
        if name.endswith("bias"):
            nn.init.uniform_(parameter, -0.5, 0.5)
    q, k, v = given.args
    results = flat(module(q, k, v, **given.kwargs))
    loss, weights = weighted(results)
    named = {"q": q, "k": k, "v": v, **dict(module.named_parameters())}
    return case(
        cls.__name__, options=own.kwargs, q=array(q), k=array(k), v=array(v),
        attention_mask=mask(given.kwargs.get("attn_mask")), key_padding_mask=mask(given.kwargs.get("key_padding_mask")),
        averages=given.kwargs.get("average_attn_weights", True),
        parameters={n: array(p) for n, p in module.named_parameters()}, results=arrays(results), weights=weights,
        gradients=gradients(loss, named))


# What layers draw after torch.manual_seed, in single precision as PyTorch does by default.

def initial_parameters():
    torch.set_default_dtype(torch.float32)
    for cls, own in [
        (nn.LSTM, dict(input_size=2, hidden_size=3, num_layers=2, proj_size=2, bidirectional=True)),
        (nn.Embedding, dict(num_embeddings=4, embedding_dim=3, padding_idx=1)),
        (nn.MultiheadAttention, dict(embed_dim=4, num_heads=2, add_bias_kv=True)),
        (nn.MultiheadAttention, dict(embed_dim=16, num_heads=2, add_bias_kv=True, kdim=3, vdim=5)),
    ]:
        torch.manual_seed(7)
        module = cls(**own)
        yield case(cls.__name__, parameters={n: array(p) for n, p in module.named_parameters()}, next=array(torch.rand(3)))
    torch.set_default_dtype(torch.float64)


if __name__ == "__main__":
    write("recurrent-options", [recurrent(i, *s) for i, s in enumerate(recurrent_samples() + list(projected_batches()))])
    write("cross-entropy", list(cross_entropies()))
    write("tables", list(tables()))
    write("multihead-attention", [attention(i, *s) for i, s in enumerate(attention_samples() + list(attention_batches()))])
    write("initial-parameters", list(initial_parameters()))
