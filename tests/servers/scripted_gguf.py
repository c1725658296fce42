"""Builds GGUF models that say one fixed text: real weights for a real server, known output.

A scripted model is a one-layer Qwen2 network without attention or feed-forward weight, so that the next token depends on the last
one alone. Every token of a prompt leads to the first piece of the script, each piece to the next, the last to end-of-turn.
Pieces are made unique by cutting the text where needed. `loop_to` turns the last piece back to an earlier one (endless output).

Usage: scripted_gguf.py OUT.gguf [--loop-to N] [--piece-chars 3] [--split-utf8] [--context 32768] [--template FILE.jinja] < text
"""
import argparse
import sys

import numpy as np
from gguf import GGUFWriter, TokenType

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]


def byte_alphabet():
    """GPT-2's mapping from byte to printable character."""
    keep = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    out, extra = {}, 0
    for b in range(256):
        if b in keep:
            out[b] = chr(b)
        else:
            out[b] = chr(256 + extra)
            extra += 1
    return out


def pieces(data: bytes, size: int, split_utf8: bool):
    """Cuts data in pieces of at least `size` characters, each unlike all others and longer than one byte."""
    def boundary(i):
        return split_utf8 or i >= len(data) or (data[i] & 0xC0) != 0x80
    out, seen, start = [], set(), 0
    while start < len(data):
        end = start + max(2, size)
        while end < len(data) and (not boundary(end) or data[start:end] in seen):
            end += 1
        piece = data[start:end]
        if piece in seen or len(piece) < 2:  # only the tail can be left: give it to the piece before
            last = out.pop()
            seen.discard(last)
            piece = last + piece
        out.append(piece)
        seen.add(piece)
        start = end
    return out


def build(path, text, loop_to=None, size=3, split_utf8=False, context=32768, name="scripted", chat_template=None):
    script = pieces(text if isinstance(text, bytes) else text.encode(), size, split_utf8)
    alphabet = byte_alphabet()
    tokens = SPECIAL + [alphabet[b] for b in range(256)]
    types = [TokenType.CONTROL] * len(SPECIAL) + [TokenType.NORMAL] * 256
    base = len(tokens)
    tokens += ["".join(alphabet[b] for b in p) for p in script]
    types += [TokenType.NORMAL] * len(script)
    assert len(set(tokens)) == len(tokens), "pieces collide"

    n, state_count = len(tokens), len(script) + 1
    width = max(64, -(-state_count // 64) * 64)
    embed = np.zeros((n, width), np.float32)
    embed[:base, 0] = 1.0
    out = np.zeros((n, width), np.float32)
    gain = 60.0 / np.sqrt(width)
    out[base if script else 2, 0] = gain
    for i in range(len(script)):
        embed[base + i, i + 1] = 1.0
        following = base + i + 1 if i + 1 < len(script) else (2 if loop_to is None else base + loop_to)
        out[following, i + 1] = gain

    w = GGUFWriter(path, "qwen2")
    w.add_name(name)
    w.add_block_count(1)
    w.add_context_length(context)
    w.add_embedding_length(width)
    w.add_feed_forward_length(32)
    w.add_head_count(width // 64)
    w.add_head_count_kv(width // 64)
    w.add_layer_norm_rms_eps(1e-6)
    w.add_rope_freq_base(1e6)
    w.add_file_type(0)
    w.add_tokenizer_model("gpt2")
    w.add_tokenizer_pre("qwen2")
    w.add_token_list(tokens)
    w.add_token_types(types)
    w.add_token_merges(["! !"])
    w.add_eos_token_id(2)
    w.add_pad_token_id(0)
    w.add_add_bos_token(False)
    if chat_template:
        w.add_chat_template(chat_template)
    zeros = lambda *shape: np.zeros(shape, np.float32)
    w.add_tensor("token_embd.weight", embed)
    w.add_tensor("output_norm.weight", np.ones(width, np.float32))
    w.add_tensor("output.weight", out)
    for norm in ("attn_norm", "ffn_norm"):
        w.add_tensor(f"blk.0.{norm}.weight", np.ones(width, np.float32))
    for proj in ("q", "k", "v"):
        w.add_tensor(f"blk.0.attn_{proj}.weight", zeros(width, width))
        w.add_tensor(f"blk.0.attn_{proj}.bias", zeros(width))
    w.add_tensor("blk.0.attn_output.weight", zeros(width, width))
    w.add_tensor("blk.0.ffn_gate.weight", zeros(32, width))
    w.add_tensor("blk.0.ffn_up.weight", zeros(32, width))
    w.add_tensor("blk.0.ffn_down.weight", zeros(width, 32))
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()
    return script


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("out")
    p.add_argument("--loop-to", type=int)
    p.add_argument("--piece-chars", type=int, default=3)
    p.add_argument("--split-utf8", action="store_true")
    p.add_argument("--context", type=int, default=32768)
    p.add_argument("--template", type=argparse.FileType("r", encoding="utf-8"))
    a = p.parse_args()
    template = a.template.read() if a.template else None
    made = build(a.out, sys.stdin.buffer.read(), a.loop_to, a.piece_chars, a.split_utf8, a.context, chat_template=template)
    print(len(made), "pieces")
