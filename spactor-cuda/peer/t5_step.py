"""Times training steps of Hugging Face T5 on PyTorch on a card: the peer of `spactor benchmark --device cuda`.

usage: t5_step.py BATCH ACCUMULATION INPUT_LENGTH TARGET_LENGTH VOCABULARY LAYERS D_MODEL D_FF HEADS MODE [STEPS]
MODE: eager, compile, or compile-sdpa (attention by scaled_dot_product_attention with the bias as a mask); all with
bfloat16 by autocast. T5 1.1: gated GELU, d_kv 64, LAYERS in the encoder and in the decoder, no dropout. A step is
forward, backward, clipping by the global norm and fused AdamW over BATCH examples in ACCUMULATION micro-batches.
Prints one line of JSON. Needs torch and transformers.
"""

import json
import statistics
import sys
import time

import torch
import torch.nn.functional as functional
from transformers import T5Config, T5ForConditionalGeneration
from transformers.models.t5 import modeling_t5


def sdpa_forward(self, hidden_states, mask=None, key_value_states=None, position_bias=None, *args, **kwargs):
    """T5Attention.forward without caches: position bias and mask go into PyTorch's fused attention."""
    batch, length = hidden_states.shape[:2]
    source = hidden_states if key_value_states is None else key_value_states
    split = lambda x: x.view(batch, -1, self.n_heads, self.key_value_proj_dim).transpose(1, 2)
    query, key, value = split(self.q(hidden_states)), split(self.k(source)), split(self.v(source))
    if position_bias is None:
        if self.has_relative_attention_bias:
            position_bias = self.compute_bias(length, key.shape[2], device=query.device)
        else:
            position_bias = torch.zeros((1, self.n_heads, length, key.shape[2]), device=query.device, dtype=query.dtype)
        if mask is not None:
            position_bias = position_bias + mask[:, :, :, : key.shape[2]]
    mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=position_bias.to(query.dtype), scale=1.0)
    return self.o(mixed.transpose(1, 2).reshape(batch, length, -1)), position_bias


def main():
    batch, accumulation, inputs, targets, vocabulary, layers, d_model, d_ff, heads = map(int, sys.argv[1:10])
    mode = sys.argv[10]
    steps = int(sys.argv[11]) if len(sys.argv) > 11 else 10
    if mode == "compile-sdpa":
        modeling_t5.T5Attention.forward = sdpa_forward
    torch.manual_seed(0)
    torch.backends.cuda.matmul.allow_tf32 = True
    configuration = T5Config(vocab_size=vocabulary, d_model=d_model, d_kv=64, d_ff=d_ff, num_layers=layers, num_heads=heads,
                             feed_forward_proj="gated-gelu", tie_word_embeddings=False, dropout_rate=0.0,
                             decoder_start_token_id=0, use_cache=False)
    model = T5ForConditionalGeneration(configuration).cuda().train()
    forward = torch.compile(model) if mode.startswith("compile") else model
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, fused=True)
    micro = batch // accumulation
    x = torch.randint(0, vocabulary, (micro, inputs), device="cuda")
    y = torch.randint(0, vocabulary, (micro, targets), device="cuda")

    def gradients():
        for _ in range(accumulation):
            with torch.autocast("cuda", dtype=torch.bfloat16):
                loss = forward(input_ids=x, labels=y).loss
            loss.backward()

    def update():
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

    times = []
    wholes = []
    for step in range(steps + 3):
        torch.cuda.synchronize()
        start = time.perf_counter()
        gradients()
        torch.cuda.synchronize()
        middle = time.perf_counter()
        update()
        torch.cuda.synchronize()
        if step >= 3:
            times.append(1e3 * (middle - start))
            wholes.append(1e3 * (time.perf_counter() - start))
    print(json.dumps({"peer": "torch " + torch.__version__, "mode": mode, "card": torch.cuda.get_device_name(),
                      "shape": sys.argv[1:10], "forward-backward-ms": round(statistics.median(times), 2),
                      "step-ms": round(statistics.median(wholes), 2),
                      "megabytes": torch.cuda.max_memory_allocated() // 1_000_000}))


main()
