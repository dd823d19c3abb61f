package io.everstate.backup.packing;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Very many values in few bytes: they are kept compressed in blocks, and one block at a time is made values again. To be read in its order; a step to a
 * value of another block unpacks that. Thread-safe.
 */
public final class PackedList<E> extends AbstractList<E> {
    static final int BLOCK = 512;

    private static final int FASTEST = 1;

    private final Codec<E> codec;
    private final List<byte[]> blocks;
    private final int size;
    private volatile @Nullable Unpacked<E> last;

    /** How one value is made bytes and back. */
    public interface Codec<E> {
        void write(E value, DataOutput target) throws IOException;

        E read(DataInput source) throws IOException;
    }

    private record Unpacked<E>(int block, List<E> values) {}

    private PackedList(Codec<E> codec, List<byte[]> blocks, int size) {
        this.codec = codec;
        this.blocks = List.copyOf(blocks);
        this.size = size;
    }

    @Override
    public E get(int index) {
        Objects.checkIndex(index, size);
        var block = index / BLOCK;
        var unpacked = last;
        if (unpacked == null || unpacked.block() != block) {
            unpacked = new Unpacked<>(block, unpack(block));
            last = unpacked;
        }
        return unpacked.values().get(index % BLOCK);
    }

    private List<E> unpack(int block) {
        var count = Math.min(BLOCK, size - block * BLOCK);
        var values = new ArrayList<E>(count);
        var source = new DataInputStream(new ByteArrayInputStream(Zstd.decompress(blocks.get(block))));
        try {
            for (var number = 0; number < count; number++) {
                values.add(codec.read(source));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }

    @Override
    public int size() {
        return size;
    }

    /** What all values together take, but for the block that is unpacked. */
    public long packedBytes() {
        return blocks.stream().mapToLong(block -> block.length).sum();
    }

    /** Takes values one after the other. Belongs to one thread. */
    public static final class Builder<E> {
        private final Codec<E> codec;
        private final List<byte[]> blocks = new ArrayList<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream open = new DataOutputStream(bytes);
        private int size;

        public Builder(Codec<E> codec) {
            this.codec = codec;
        }

        public void add(E value) {
            try {
                codec.write(value, open);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            size++;
            if (size % BLOCK == 0) {
                pack();
            }
        }

        private void pack() {
            blocks.add(Zstd.compress(bytes.toByteArray(), FASTEST));
            bytes.reset();
        }

        /** To be called once, when nothing is added any more. */
        public PackedList<E> build() {
            if (size % BLOCK != 0) {
                pack();
            }
            return new PackedList<>(codec, blocks, size);
        }
    }
}
