package io.everstate.bot.hosting;

import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.market.TapeFeed;
import io.everstate.bot.ownership.LoopbackLog;
import io.everstate.bot.ownership.SilentListener;
import io.everstate.bot.sample.PaperRun;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.log.LogRecord;
import java.time.Duration;
import java.util.List;

/** One bot, its events on a log in memory that is read back at once; it trades when the test ticks its runner, and not before. */
final class SteppedBot {
    static final BotId BOT = SampleBots.id(1);
    static final int BARS = 400;
    static final TapeFeed TAPE = TapeFeed.bundled(Duration.ofMinutes(1), false);
    static final BotConfiguration PLAIN = SampleBots.configuration(RestartPolicy.RESUME, null);
    /** What {@link #PLAIN} trades on so many bars of the tape when nothing happens to it. */
    static final List<Fill> NAIVE = new PaperRun(PLAIN, TAPE).until(BARS).fills();

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final SteppingClock clock = new SteppingClock();
    private LoopbackLog log = emptyLog();

    /** Made and started here. */
    SteppedBot(BotConfiguration configuration) {
        log.assign();
        submit(new CreateBot(configuration));
        submit(new StartBot());
    }

    /** Of another process, which left this behind in the log. */
    SteppedBot(List<LogRecord> known) {
        log.replay(known);
    }

    private LoopbackLog emptyLog() {
        return new LoopbackLog(new SilentListener(), clock);
    }

    /** The process ends; the next one has the log and nothing else. */
    void lose() {
        var before = log;
        before.surrender();
        log = emptyLog();
        log.replay(before);
    }

    BotRunner runner(MarketFeed market) {
        return new BotRunner(state(), log.ownerships(), new MarketWindows(market), new StrategyCatalogue());
    }

    static void tick(BotRunner runner, int times) {
        for (var i = 0; i < times; i++) {
            runner.tick();
        }
    }

    void submit(BotCommand command) {
        log.ownerships().submit(BOT, command, null, PATIENCE).join();
    }

    void crowd() {
        log.crowd(BOT);
    }

    BotState state() {
        return log.ownerships().find(BOT).orElseThrow();
    }

    LoopbackLog log() {
        return log;
    }

    List<Fill> fills() {
        return log.fills();
    }

    <T extends BotEvent> List<T> events(Class<T> type) {
        return log.events(type);
    }
}
