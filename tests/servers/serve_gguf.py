"""Serves one GGUF file with llama.cpp's own HTTP server (OpenAI-compatible) from the wheel `xllamacpp`, on a free port.

Ends on SIGTERM and when its standard input closes, so that it never outlives the program that started it.

Usage: serve_gguf.py MODEL.gguf [--ctx 4096] [--parallel 1] [--name NAME]
"""
import argparse
import os
import signal
import sys

import xllamacpp

p = argparse.ArgumentParser()
p.add_argument("model")
p.add_argument("--ctx", type=int, default=4096)
p.add_argument("--parallel", type=int, default=1)
p.add_argument("--name")
a = p.parse_args()

params = xllamacpp.CommonParams()
params.model.path = a.model
params.n_ctx = a.ctx
params.n_parallel = a.parallel
params.hostnames = ["127.0.0.1"]
params.port = 0
params.endpoint_slots = True
# Threads that wait for each other spin: with as many as there are cores, any other work makes the model six times slower.
threads = max(1, (os.cpu_count() or 2) - 1)
params.cpuparams.n_threads = threads
params.cpuparams_batch.n_threads = threads
if a.name:
    params.model_alias = [a.name]
server = xllamacpp.Server(params)
print("listening", server.listening_address, flush=True)
# A request that still runs must not hold the end up.
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
sys.stdin.buffer.read()
os._exit(0)
