"""Sends messages with freqtrade's own webhook class, as the bot would: freqtrade_sender.py <snippet.json>"""
import datetime
import json
import sys

from freqtrade.enums import RPCMessageType
from freqtrade.rpc.webhook import Webhook

with open(sys.argv[1]) as file:
    webhook = Webhook(None, json.load(file))

now = datetime.datetime(2026, 11, 20, 18, 40, 7, tzinfo=datetime.timezone.utc)
entry = {
    "trade_id": 1, "exchange": "Binance", "pair": "FTM/USDT", "direction": "Long", "leverage": 1.0, "limit": 1.1573,
    "open_rate": 1.1573, "order_type": "limit", "stake_amount": 9.2584, "stake_currency": "USDT", "base_currency": "FTM",
    "quote_currency": "USDT", "fiat_currency": "USD", "amount": 8.0, "open_date": now, "current_rate": 1.1573,
    "enter_tag": "grüße & co", "buy_tag": "", "sub_trade": False,
}
exit_fill = entry | {
    "gain": "profit", "order_rate": 1.1753, "close_rate": 1.1753, "current_rate": None, "profit_amount": 0.1253392,
    "profit_ratio": 0.01352437, "exit_reason": "roi", "close_date": now, "cumulative_profit": 0.1253392,
    "final_profit_ratio": 0.013524365550633589, "is_final_exit": True,
}
webhook.send_msg({"type": RPCMessageType.STATUS, "status": "running"})
webhook.send_msg({"type": RPCMessageType.STARTUP, "status": "*Exchange:* `binance`\n*Stake per trade:* `unlimited USDT`"})
webhook.send_msg(entry | {"type": RPCMessageType.ENTRY})
webhook.send_msg(exit_fill | {"type": RPCMessageType.EXIT_FILL})
webhook.send_msg({"type": RPCMessageType.STRATEGY_MSG, "msg": "rebalanced"})
