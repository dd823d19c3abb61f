package io.everstate.cli.fleet;

import io.everstate.contracts.bot.Amount;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

final class AmountConverter implements ITypeConverter<Amount> {

    @Override
    public Amount convert(String text) {
        try {
            return Amount.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
