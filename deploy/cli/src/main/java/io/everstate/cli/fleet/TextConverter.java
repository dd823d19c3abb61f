package io.everstate.cli.fleet;

import picocli.CommandLine.ITypeConverter;

/** Picocli wants a converter for a map's keys when its values have one. */
final class TextConverter implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
        return text;
    }
}
