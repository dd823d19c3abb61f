package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.RetentionPlanView;
import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.e2e.RunningSuite.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about backups, restores and disasters as people type them, each a process, against one running suite. */
class BackupCommandsIT {

    private static final String UNKNOWN = "01999999-9999-7999-8999-999999999999";

    private static RunningSuite suite;

    @BeforeAll
    static void start() {
        suite = RunningSuite.start(Map.of());
    }

    @AfterAll
    static void stop() {
        if (suite != null) {
            suite.close();
        }
    }

    @Test
    @Tag("BD8")
    void showsABackupInTheListOnceItWasReadBack() {
        Outcome taken = suite.everstate("backup", "--kind", "CONFIG_ONLY", "--description", "typed by hand");

        assertThat(taken.exitCode()).as(taken.output()).isZero();
        assertThat(taken.output())
                .containsPattern("Backup \\S+ is COMPLETED: [1-9]\\d* files?, [1-9]\\d* bytes stored");
        Outcome list = suite.everstate("list");
        assertThat(list.exitCode()).as(list.output()).isZero();
        assertThat(list.output()).containsPattern("CONFIG_ONLY +COMPLETED .* typed by hand");
        assertThat(backups())
                .filteredOn(backup -> backup.description().equals("typed by hand"))
                .singleElement()
                .satisfies(backup ->
                        assertThat(taken.output()).contains(backup.id().toString(), String.valueOf(backup.sha256())));
    }

    @Test
    @Tag("SF9")
    @Tag("BD17")
    void backsUpEverythingOrTheStateAloneAndSaysWhereItIs() {
        Outcome everything = suite.everstate("backup-system");
        Outcome state = suite.everstate("state-backup");

        assertThat(everything.exitCode()).as(everything.output()).isZero();
        assertThat(everything.output())
                .containsPattern(
                        "default: Backup \\S+ is COMPLETED: .* stored as backups/default/\\S+-full-\\S+/archive");
        assertThat(state.exitCode()).as(state.output()).isZero();
        assertThat(state.output()).containsPattern("stored as backups/default/\\S+-state-only-\\S+/archive");
    }

    @Test
    @Tag("BD17")
    void showsChecksAndMakesAgainTheEventLogFromItsArchive() {
        Patience.await(
                "all is archived",
                () -> suite.everstate("event-archive", "list").output(),
                () -> assertThat(archived())
                        .isNotEmpty()
                        .allSatisfy(one -> assertThat(one.archivedTo()).isPositive()));
        String id = archived().getFirst().topicId();

        Outcome list = suite.everstate("event-archive", "list");
        Outcome checked = suite.everstateAsAdmin("event-archive", "verify", "--topic-id", id);
        Outcome made = suite.everstateAsAdmin("event-archive", "restore", "--topic-id", id, "--topic", "made-again");
        Outcome over = suite.everstateAsAdmin("event-archive", "restore", "--topic-id", id);
        Outcome unknown = suite.everstateAsAdmin("event-archive", "verify", "--topic-id", "AAAAAAAAAAAAAAAAAAAAAA");

        assertThat(list.output()).containsPattern(id + " +0 +[1-9]");
        assertThat(checked.exitCode()).as(checked.output()).isZero();
        assertThat(checked.output())
                .containsPattern("All of it is whole: \\d+ records in \\d+ segments of 12 partitions");
        assertThat(made.exitCode()).as(made.output()).isZero();
        assertThat(made.output()).contains("Topic made-again was made again, and read back: ");
        assertThat(over.exitCode()).as(over.output()).isEqualTo(1);
        assertThat(over.output()).contains("everstate.bot.events");
        assertThat(unknown.exitCode()).as(unknown.output()).isEqualTo(1);
    }

    @Test
    @Tag("BD17")
    void writesAKitThatIsOfUseAndOverNothing() throws IOException {
        backUp("FULL");
        Path place = suite.workspace().resolveSibling("kit-" + UUID.randomUUID());

        Outcome before = suite.everstate("recovery-kit", "--status");
        Outcome written = suite.everstate("recovery-kit", "--output", place.toString(), "--place", "the safe");
        Outcome again = suite.everstate("recovery-kit", "--output", place.toString());
        Outcome status = suite.everstate("recovery-kit", "--status");

        assertThat(before.exitCode()).as(before.output()).isEqualTo(1);
        assertThat(before.output()).contains("No recovery kit is kept");
        assertThat(written.exitCode()).as(written.output()).isZero();
        assertThat(Files.readString(place.resolve("RUNBOOK.md"))).contains("./restore-default-newest.sh");
        assertThat(place.resolve("restore-default-newest.sh")).isExecutable();
        assertThat(again.exitCode()).as(again.output()).isEqualTo(2);
        assertThat(again.output()).contains("is there already");
        assertThat(status.exitCode()).as(status.output()).isZero();
        assertThat(status.output()).contains("the safe").contains("is of use");
    }

    private static List<SegmentPartitionView> archived() {
        return suite.everstate("event-archive", "list", "--json").read(new TypeReference<>() {});
    }

    @Test
    @Tag("BD9")
    void putsAFileBackAfterASafetyBackupOfWhatWasThere() throws IOException {
        Path file = Files.writeString(suite.workspace().resolve("configs/typed.json"), "{\"limit\": 1}");
        UUID good = backUp("FULL");
        Files.writeString(file, "{\"limit\": 2}");

        Outcome restored =
                suite.everstate("restore", "--backup-id", good.toString(), "--path", "configs/typed.json", "--json");

        assertThat(restored.exitCode()).as(restored.output()).isZero();
        RestoreView restore = restored.read(new TypeReference<>() {});
        assertThat(restore.files()).containsExactly("configs/typed.json");
        assertThat(file).hasContent("{\"limit\": 1}");
        Outcome back = suite.everstate("restore", "--rollback", restore.id().toString());
        assertThat(back.exitCode()).as(back.output()).isZero();
        assertThat(back.output()).contains("Rolled restore " + restore.id() + " back: 1 file came back");
        assertThat(file).as("the way back").hasContent("{\"limit\": 2}");
        Outcome again = suite.everstate("restore", "--rollback", restore.id().toString());
        assertThat(again.exitCode()).as(again.output()).isEqualTo(5);
        assertThat(again.output()).contains("it was rolled back already");
        Outcome both = suite.everstate("restore", "--rollback", restore.id().toString(), "--path", "configs");
        assertThat(both.exitCode()).as(both.output()).isEqualTo(2);
    }

    @Test
    @Tag("BD10")
    void findsADisasterAtOnceAndNoneWhenItIsRepaired() throws IOException {
        Path file = suite.workspace().resolve("configs/alert_config.json");
        String before = Files.readString(file);
        backUp("FULL");
        Outcome well = suite.everstate("disaster-check");
        assertThat(well.exitCode()).as(well.output()).isZero();
        assertThat(well.output()).contains("No disaster. Looked at: bot-service", "workspace default");

        Files.delete(file);
        Outcome found = suite.everstate("disaster-check");

        assertThat(found.exitCode()).as(found.output()).isEqualTo(1);
        assertThat(found.output()).contains("CONFIG_LOSS", "configs/alert_config.json");
        Patience.await(
                "the repair",
                () -> suite.lastLines("recovery-service"),
                () -> assertThat(suite.everstate("disaster-check").exitCode()).isZero());
        assertThat(file).hasContent(before);
    }

    @Test
    @Tag("BD16")
    @Tag("BD17")
    void givesUpABackupThatIsNamedAndShowsItBefore() throws IOException {
        UUID older = backUp("LOGS_ONLY");
        UUID younger = backUp("LOGS_ONLY");

        Outcome plan = suite.everstate("cleanup", "--dry-run");
        Outcome wouldGo = suite.everstate("cleanup", "--dry-run", "--backup-id", older.toString(), "--json");
        Outcome noAdmin = suite.everstate("cleanup", "--backup-id", older.toString(), "--reason", "holds a key");
        Outcome gone = suite.everstateAsAdmin("cleanup", "--backup-id", older.toString(), "--reason", "holds a key");
        Outcome last = suite.everstateAsAdmin("cleanup", "--backup-id", younger.toString(), "--reason", "not wanted");
        Outcome all = suite.everstateAsAdmin("cleanup");

        assertThat(plan.exitCode()).as(plan.output()).isZero();
        assertThat(plan.output())
                .containsPattern(older + " +LOGS_ONLY +\\S+ +yes +stay +one of the newest 2 of its kind");
        assertThat(wouldGo.read(new TypeReference<RetentionPlanView>() {}).decisions())
                .filteredOn(RetentionPlanView.Decision::deleted)
                .singleElement()
                .satisfies(one -> assertThat(one.remains()).isEqualTo(younger));
        assertThat(noAdmin.exitCode()).as(noAdmin.output()).isEqualTo(4);
        assertThat(gone).isEqualTo(said(0, "1 backup was given up; their objects go within seconds."));
        assertThat(last.exitCode()).as(last.output()).isEqualTo(5);
        assertThat(last.output()).contains("no younger good backup stands for it");
        assertThat(all.exitCode()).as(all.output()).isZero();
        assertThat(suite.everstate("list").output()).containsPattern(older + " +LOGS_ONLY +(EXPIRED|DELETED)");
    }

    /** The bucket is a directory here: a seal is taken out of it by hand, and put back. */
    @Test
    @Tag("BD8")
    void holdsTheChainOfSealsAgainstTheBucketAndNamesWhatIsMissing() throws IOException {
        backUp("CONFIG_ONLY");
        backUp("CONFIG_ONLY");
        Outcome well = suite.everstate("verify", "--chain");
        Path seal = suite.stored("0000000001-");
        Path aside = Files.move(seal, suite.workspace().resolveSibling("aside"));

        Outcome broken = suite.everstate("verify", "--chain", "--workspace", "default", "--without-archives");

        String check = broken.output().replaceAll("(?s).*\\(check (\\S+)\\).*", "$1");
        String object = broken.output().replaceAll("(?s).*SEAL_MISSING (\\S+).*", "$1");
        Outcome known = suite.everstate(
                "verify", "--chain", "--acknowledge", object, "--check", check, "--reason", "taken out by hand");
        Outcome knownAgain = suite.everstate("verify", "--chain", "--workspace", "default", "--without-archives");
        Files.move(aside, seal);
        assertThat(known.exitCode()).as(known.output()).isZero();
        assertThat(knownAgain.exitCode()).as(knownAgain.output()).isZero();
        assertThat(knownAgain.output()).contains("SEAL_MISSING", ": taken out by hand");
        assertThat(well.exitCode()).as(well.output()).isZero();
        assertThat(well.output())
                .contains("All is as it was sealed")
                .containsPattern("Note the head: \\d+:[0-9a-f]{64}");
        assertThat(broken.exitCode()).as(broken.output()).isEqualTo(1);
        assertThat(broken.output())
                .containsPattern("SEAL_MISSING seals/default/0000000001-[0-9a-f]{16}.jsonl")
                .contains("expected: seal 1, sha256 ", "found:    nothing");
        String head = well.output().replaceAll("(?s).*head: (\\S+).*", "$1");
        assertThat(suite.everstate("verify", "--chain", "--workspace", "default", "--noted", head)
                        .exitCode())
                .isZero();
    }

    /** The bucket is a directory here: something is put into it by hand, and taken out again. */
    @Test
    @Tag("BD17")
    void holdsTheBucketAgainstTheCatalogueAndSweepsOrphansOnly() throws IOException {
        backUp("CONFIG_ONLY");
        Path bucket = suite.stored("0000000001-").resolve("../../..").normalize();
        Path stranger = Files.writeString(bucket.resolve("backups/default/stranger.txt"), "put here by hand");

        Outcome storage = suite.everstate("storage");
        Outcome compared = suite.everstate("storage", "compare");
        String id = compared.output().replaceAll("(?s)Comparison (\\S+):.*", "$1");
        Outcome noAdmin = suite.everstate("storage", "sweep", id);
        Outcome swept = suite.everstateAsAdmin("storage", "sweep", id);

        assertThat(storage.exitCode()).as(storage.output()).isZero();
        assertThat(storage.output())
                .containsPattern("Against deletion: versions \\w+, object lock \\w+; 0 of \\d+ completed")
                .contains("Not protected: the bucket has neither object lock nor versions")
                .containsPattern("default +CONFIG_ONLY +[1-9]");
        assertThat(compared.exitCode()).as(compared.output()).isEqualTo(1);
        assertThat(compared.output())
                .contains("1 FOREIGN")
                .containsPattern("backups/default/stranger.txt +FOREIGN +16");
        assertThat(noAdmin.exitCode()).as(noAdmin.output()).isEqualTo(4);
        assertThat(swept).isEqualTo(said(0, "Nothing of it was removed, and nothing of it is an orphan still."));
        assertThat(stranger).exists();
        Files.delete(stranger);
        assertThat(suite.everstate("storage", "compare").output()).doesNotContain("FOREIGN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2|verify|--chain",
                "2|verify --chain --noted 1:ab|1:ab",
                "2|verify --chain --backup-id " + UNKNOWN + "|workspace",
                "5|verify --chain --workspace nowhere|nowhere",
                "2|verify --chain --acknowledge seals/default/x|--reason",
                "5|verify --chain --acknowledge x --check " + UNKNOWN + " --reason known|" + UNKNOWN,
                "5|restore --backup-id " + UNKNOWN + "|" + UNKNOWN,
                "2|restore --backup-id yesterday|yesterday",
                "2|restore|--backup-id",
                "2|backup --kind ALL|ALL",
                "5|backup --workspace nowhere|nowhere",
                "5|list --workspace nowhere|nowhere",
                "2|storage sweep|<comparison-id>",
                "2|storage sweep yesterday|yesterday",
                "5|cleanup --dry-run --workspace nowhere|nowhere",
                "2|cleanup --backup-id " + UNKNOWN + "|--reason"
            })
    void saysWhatIsWrongWith(String line) {
        suite.assertRefused(line);
    }

    private static Outcome said(int exitCode, String sentence) {
        return new Outcome(exitCode, sentence + "\n");
    }

    private static UUID backUp(String kind) {
        Outcome taken = suite.everstate("backup", "--kind", kind, "--json");
        assertThat(taken.exitCode()).as(taken.output()).isZero();
        return taken.read(new TypeReference<BackupView>() {}).id();
    }

    private static List<BackupView> backups() {
        return suite.everstate("list", "--json").read(new TypeReference<>() {});
    }
}
