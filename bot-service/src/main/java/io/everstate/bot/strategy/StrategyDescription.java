package io.everstate.bot.strategy;

import io.everstate.contracts.bot.Amount;
import java.util.List;

/** What people need to know to choose a strategy. */
public record StrategyDescription(String name, String description, List<Parameter> parameters) {

    public StrategyDescription {
        parameters = List.copyOf(parameters);
    }

    /**
     * @param defaultValue taken when the parameter is missing
     * @param min the least allowed value
     * @param max the greatest allowed value
     * @param whole whether only whole numbers are allowed
     */
    public record Parameter(
            String name, Amount defaultValue, Amount min, Amount max, boolean whole, String description) {

        static Parameter whole(String name, long defaultValue, long min, long max, String description) {
            return new Parameter(name, Amount.of(defaultValue), Amount.of(min), Amount.of(max), true, description);
        }

        static Parameter decimal(String name, String defaultValue, String min, String max, String description) {
            return new Parameter(name, Amount.of(defaultValue), Amount.of(min), Amount.of(max), false, description);
        }

        boolean allows(Amount value) {
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0 && (!whole || isWhole(value));
        }

        /** "must be a whole number from 1 to 500, not 0.5". */
        String refusal(Amount value) {
            return "must be a " + (whole ? "whole number" : "number") + " from " + min + " to " + max + ", not "
                    + value;
        }

        private static boolean isWhole(Amount value) {
            return value.value().stripTrailingZeros().scale() <= 0;
        }
    }
}
