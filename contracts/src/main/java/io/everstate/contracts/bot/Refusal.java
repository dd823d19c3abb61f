package io.everstate.contracts.bot;

/** Why the fold does not accept an event on a state; the state stays as it was. */
public enum Refusal {
    UNKNOWN_BOT("there is no such bot"),
    ALREADY_EXISTS("the bot exists already"),
    ALREADY_RUNNING("the bot is running already"),
    NOT_RUNNING("the bot is not running"),
    STILL_RUNNING("the bot is running; stop it first"),
    PAUSED("the bot is paused; resume it or stop it"),
    NOT_PAUSED("the bot is not paused"),
    DELETED("the bot was deleted"),
    FIXED("the symbols and the initial balance of a bot never change"),
    NOT_AWAY("the bot was not away for long"),
    EMERGENCY("the bot is in emergency stop; clear it first"),
    NO_EMERGENCY("the bot is not in emergency stop"),
    UNKNOWN_SYMBOL("the bot does not trade this symbol"),
    INSUFFICIENT_BALANCE("the balance does not cover cost and fee"),
    INSUFFICIENT_POSITION("the position is smaller than the quantity to sell"),
    MAX_LOSS("a stop-loss ended buying in this symbol; clear it first"),
    OUT_OF_RANGE("the amounts grow larger than can be kept"),
    RUNS_ELSEWHERE("the bot runs elsewhere and only reports here; start, stop and pause it there"),
    NOT_EXTERNAL("the bot is hosted here; only bots of kind EXTERNAL report"),
    SUPERSEDED("the bot has changed meanwhile"),
    OTHER_BOT("the checkpoint carries another bot's state");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
