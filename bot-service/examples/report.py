#!/usr/bin/env python3
"""A bot that reports: BOT_SERVICE=http://127.0.0.1:8081 BOT_TOKEN=evb_... python3 report.py"""
import json, os, urllib.request, uuid

token = os.environ["BOT_TOKEN"]  # evb_<bot id>_<secret>
base = f"{os.environ['BOT_SERVICE']}/api/v1/external-bots/{token.split('_')[1]}"

def call(method, path, body=None, content_type="application/json"):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": content_type}
    if method == "POST":
        headers["Idempotency-Key"] = str(uuid.uuid4())  # send it again with the same key after a 503
    request = urllib.request.Request(base + path, body, headers, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read()

call("POST", "/heartbeats", json.dumps({"status": "RUNNING", "detail": "1 position"}).encode())
trade = {"pair": "BTC/USDT", "side": "buy", "amount": "0.01", "price": "64000.5"}
print(call("POST", "/events", json.dumps({"type": "TRADE", "content": trade}).encode()).decode())
state = b"any bytes: a database, a model, a pickle"
call("POST", "/checkpoints", state, "application/octet-stream")
assert call("GET", "/checkpoints/newest") == state
print("checkpoint read back")
