package io.everstate.cli.rescue;

import io.everstate.contracts.backup.SealHead;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 17:9f86d081...}, the SHA-256 whole. */
final class SealHeadConverter implements ITypeConverter<SealHead> {

    @Override
    public SealHead convert(String value) {
        if (!value.matches("[0-9]{1,18}:[0-9a-f]{64}")) {
            throw new TypeConversionException("'" + value + "' is no number and SHA-256 of a seal, as 17:9f86d0...");
        }
        int colon = value.indexOf(':');
        return new SealHead(Long.parseLong(value.substring(0, colon)), value.substring(colon + 1));
    }
}
