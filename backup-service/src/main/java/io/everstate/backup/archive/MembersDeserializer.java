package io.everstate.backup.archive;

import io.everstate.backup.archive.Manifest.Member;
import io.everstate.backup.packing.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.UUID;

/** The backups that an INCREMENTAL needs: no chain is so long. */
final class MembersDeserializer extends BoundedListDeserializer<Member> {
    static final int MOST = 1 << 14;

    private static final long MOST_CHARACTERS = 1L << 24;

    MembersDeserializer() {
        super(Member.class, "members", MOST, MOST_CHARACTERS);
    }

    @Override
    long characters(Member member) {
        return (long) member.object().length() + member.sha256().length();
    }

    @Override
    public void write(Member member, DataOutput target) throws IOException {
        target.writeLong(member.id().getMostSignificantBits());
        target.writeLong(member.id().getLeastSignificantBits());
        Texts.write(member.object(), target);
        Texts.write(member.sha256(), target);
    }

    @Override
    public Member read(DataInput source) throws IOException {
        return new Member(new UUID(source.readLong(), source.readLong()), Texts.read(source), Texts.read(source));
    }
}
