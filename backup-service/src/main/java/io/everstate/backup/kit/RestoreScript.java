package io.everstate.backup.kit;

import io.everstate.backup.kit.RestorePoint.Member;
import java.util.Locale;

/** The commands that unpack one point into an empty directory, as a bash script. Names in it are of characters that a shell leaves alone. */
record RestoreScript(RestorePoint point, StoragePlace storage) {
    private static final String HEAD = """
            #!/usr/bin/env bash
            # Unpacks workspace {workspace} as of {takenAt} (backup {id}, {kind}) into an empty directory.
            # Needs bash, curl 7.88 or newer, sha256sum and tar with gzip or zstd{age}; nothing of Everstate.
            # Where the storage has moved set S3_ENDPOINT, S3_REGION or S3_BUCKET.
            set -euo pipefail
            if [ $# != 1 ]; then
              echo "usage: S3_ACCESS_KEY=... S3_SECRET_KEY=...{ageUsage} $0 EMPTY_DIRECTORY" >&2
              exit 2
            fi
            : "${S3_ACCESS_KEY:?the storage's access key is wanted}" "${S3_SECRET_KEY:?the storage's secret key is wanted}"
            {ageKey}endpoint=${S3_ENDPOINT:-{endpoint}}
            region=${S3_REGION:-{region}}
            bucket=${S3_BUCKET:-{bucket}}
            mkdir -p -- "$1"
            cd -- "$1"
            if [ -n "$(ls -A)" ]; then
              echo "$1 is not empty" >&2
              exit 1
            fi

            quoted() {
              local text=${1//\\\\/\\\\\\\\}
              printf '%s' "${text//\\"/\\\\\\"}"
            }

            # object, SHA-256 of its bytes, file, the version that was written where the bucket keeps versions; the keys are shown to no other program
            fetch() {
              printf 'user = "%s:%s"\\n' "$(quoted "$S3_ACCESS_KEY")" "$(quoted "$S3_SECRET_KEY")" |
                curl --config - --fail --silent --show-error --aws-sigv4 "aws:amz:$region:s3" --header "x-amz-content-sha256: UNSIGNED-PAYLOAD" \\
                  --connect-timeout 10 --speed-limit 1 --speed-time 60 --output "$3" "${endpoint%/}/$bucket/$1${4:+?versionId=$4}"
              printf '%s  %s\\n' "$2" "$3" | sha256sum --check --quiet --strict
            }

            # what a later archive of the chain says is gone; names of ours only, whoever wrote it
            remove_deleted() {
              { grep -z '^workspace/' DELETED || true; } | { grep -zvE '(^|/)\\.\\.(/|$)' || true; } | xargs -0r rm -rf --
            }
            """;

    private static final String END = """

            sha256sum --check --quiet --strict SHA256SUMS
            echo "$1: workspace {workspace} as of {takenAt}, every file's sum agrees"
            """;

    /** {@code restore-default-proven.sh}. */
    String name() {
        return "restore-" + point.workspace() + "-" + point.choice().name().toLowerCase(Locale.ROOT) + ".sh";
    }

    String text() {
        var text = new StringBuilder(HEAD);
        for (var i = 0; i < point.chain().size(); i++) {
            text.append(member(point.chain().get(i), i > 0));
        }
        return filled(text.append(END).toString());
    }

    private String filled(String text) {
        var head = point.backup().head();
        var encrypted = point.encrypted();
        return text.replace("{workspace}", head.workspace())
                .replace("{takenAt}", head.requestedAt().toString())
                .replace("{id}", head.id().toString())
                .replace("{kind}", head.kind().name())
                .replace("{endpoint}", storage.endpoint().toString())
                .replace("{region}", storage.region())
                .replace("{bucket}", storage.bucket())
                .replace("{age}", encrypted ? ", and age" : "")
                .replace("{ageUsage}", encrypted ? " AGE_KEY_FILE=..." : "")
                .replace(
                        "{ageKey}",
                        encrypted
                                ? "key=$(realpath -- \"${AGE_KEY_FILE:?the file with the secret key of age is wanted}\")\n"
                                : "");
    }

    private static String member(Member member, boolean later) {
        var archive = member.backup().archive();
        var stored = archive.objectName().substring(archive.objectName().lastIndexOf('/') + 1);
        var text = new StringBuilder("\nfetch %s %s %s".formatted(archive.objectName(), archive.sha256(), stored));
        member.version().ifPresent(version -> text.append(" '").append(version).append('\''));
        text.append('\n');
        var packed = stored;
        if (member.backup().head().encrypted()) {
            packed = stored.substring(0, stored.length() - ".age".length());
            text.append("age --decrypt --identity \"$key\" --output %s %s\nrm %s\n".formatted(packed, stored, stored));
        }
        var unpack = "tar --extract --preserve-permissions %s --file %s"
                .formatted(packed.endsWith(".zst") ? "--zstd" : "--gzip", packed);
        if (later) {
            text.append(unpack).append(" DELETED\nremove_deleted\n");
        }
        return text.append(unpack).append("\nrm ").append(packed).append('\n').toString();
    }
}
