package io.everstate.contracts.bot;

/** What is left out of a configuration's JSON, so that texts and hashes from before it existed stay what they were. */
final class DefaultValue {
    /** Jackson leaves a value out that its filter equals. */
    @Override
    public boolean equals(Object value) {
        return Amount.ZERO.equals(value) || RiskLimits.NONE.equals(value);
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
