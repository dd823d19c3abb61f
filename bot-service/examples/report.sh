#!/bin/sh
# A bot that reports: BOT_SERVICE=http://127.0.0.1:8081 BOT_TOKEN=evb_... sh report.sh
set -eu
bot=$(printf '%s' "$BOT_TOKEN" | cut -d_ -f2) # evb_<bot id>_<secret>
base="$BOT_SERVICE/api/v1/external-bots/$bot"

# call METHOD PATH [curl arguments]; the token goes in by standard input, where `ps` does not show it
call() {
  method=$1 path=$2
  shift 2
  printf 'header = "Authorization: Bearer %s"\n' "$BOT_TOKEN" |
    curl --silent --show-error --fail-with-body --max-time 10 --config - --request "$method" "$@" "$base$path"
}

call POST /heartbeats --json '{"status": "RUNNING", "detail": "1 position"}'
call POST /events --json '{"type": "TRADE", "content": {"pair": "BTC/USDT", "price": "64000.5"}}' \
  --header "Idempotency-Key: fill-17-$$" --retry 3
call POST /checkpoints --data-binary 'any bytes' --header 'Content-Type: application/octet-stream'
[ "$(call GET /checkpoints/newest)" = 'any bytes' ] && echo 'checkpoint read back'
