package io.everstate.contracts.log;

import io.everstate.contracts.bot.BotId;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Which partition of the bots' events a bot belongs to. Must never change while the topic lives. */
public final class BotPartitioner {
    private BotPartitioner() {}

    /** CRC-32C of the id's text, modulo the number of partitions. */
    public static int partitionOf(BotId bot, int partitions) {
        var crc = new CRC32C();
        crc.update(bot.toString().getBytes(StandardCharsets.US_ASCII));
        return (int) (crc.getValue() % partitions);
    }
}
