package io.everstate.state.imports;

import io.everstate.contracts.bot.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * How numbers and times of a file are taken.
 *
 * @param zone of times that have none
 * @param round whether amounts with too many places are rounded
 */
record Reading(ZoneId zone, boolean round, Remarks remarks) {
    private static final int PLACES = 8;

    /** Zero when it is wrong, which is remarked. */
    Amount amount(String field, BigDecimal value) {
        try {
            if (value.signum() != 0 && value.stripTrailingZeros().scale() > PLACES) {
                return inexact(field, value);
            }
            return Amount.of(value);
        } catch (IllegalArgumentException e) {
            remarks.wrong(field, "has too many digits for an amount");
            return Amount.ZERO;
        }
    }

    private Amount inexact(String field, BigDecimal value) {
        if (!round) {
            remarks.wrong(
                    field,
                    "%s cannot be kept exactly: it has more than %d decimal places; ask for rounding to take the nearest"
                            .formatted(value.toPlainString(), PLACES));
            return Amount.ZERO;
        }
        var rounded = Amount.of(value.setScale(PLACES, RoundingMode.HALF_EVEN));
        remarks.note("%s: %s is rounded to %s".formatted(field, value.toPlainString(), rounded));
        return rounded;
    }

    /** The epoch when it is wrong, which is remarked. */
    Instant time(String field, String text) {
        try {
            return text.indexOf('Z') >= 0 || text.matches(".*[+-]\\d\\d:?\\d\\d$")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            remarks.wrong(field, "\"" + text + "\" is no time as 2025-01-20T14:35:45Z");
            return Instant.EPOCH;
        }
    }
}
