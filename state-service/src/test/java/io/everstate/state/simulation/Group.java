package io.everstate.state.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Who is to have which partition. One moves in good order: who has it lets it go before another gets it. */
final class Group {
    private final List<Integer> holders;
    private final List<Member> members = new ArrayList<>();

    Group(int partitions) {
        this.holders =
                new ArrayList<>(IntStream.range(0, partitions).mapToObj(_ -> 0).toList());
    }

    void join(Member member) {
        members.add(member);
    }

    void move(int partition, int member) {
        holders.set(partition, member);
    }

    /** All partitions of this one go to that one. */
    void replace(int member, int other) {
        holders.replaceAll(holder -> holder == member ? other : holder);
    }

    Set<Integer> assigned(int member) {
        return IntStream.range(0, holders.size())
                .filter(partition -> holders.get(partition) == member)
                .filter(partition -> IntStream.range(0, members.size())
                        .noneMatch(
                                other -> other != member && members.get(other).holds(partition)))
                .boxed()
                .collect(Collectors.toSet());
    }
}
