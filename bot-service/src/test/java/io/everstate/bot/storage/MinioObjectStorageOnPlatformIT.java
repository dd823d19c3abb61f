package io.everstate.bot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.platform.testkit.TestPlatform;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MinioObjectStorageOnPlatformIT implements ObjectStorageContract {
    private static MinioObjectStorage storage;

    @BeforeAll
    static void connect() {
        storage = at("bots-contract").connect();
    }

    @AfterAll
    static void disconnect() {
        storage.close();
    }

    private static SampleStorage at(String bucket) {
        var platform = TestPlatform.shared().storage();
        return new SampleStorage(platform.endpoint(), platform.accessKey(), platform.secretKey(), bucket);
    }

    @Override
    public ObjectStorage storage() {
        return storage;
    }

    @Test
    void isAwayWithAWrongSecret() {
        var right = at("bots-contract");
        try (var wrong =
                new SampleStorage(right.endpoint(), right.accessKey(), "not-the-secret", right.bucket()).connect()) {
            assertThatThrownBy(() -> wrong.list("any", _ -> {})).isInstanceOf(StorageAwayException.class);
            assertThatThrownBy(() -> wrong.read("any", new ByteArrayOutputStream()))
                    .isInstanceOf(StorageAwayException.class);
        }
    }

    @Test
    void isAwayWhereNobodyListens() {
        try (var nobody =
                new SampleStorage(URI.create("http://127.0.0.1:9"), "access", "secret", "bots-nowhere").connect()) {
            assertThatThrownBy(() -> nobody.find("any"))
                    .isInstanceOf(StorageAwayException.class)
                    .hasMessageContaining("did not find an object");
        }
    }

    /** It says nothing about the object, which may well be where the bucket went. */
    @Test
    void aBucketThatIsNotThereIsNoMissingObject() {
        try (var other = at("bots-never-made").connect()) {
            var listed = new ArrayList<StoredObject>();

            other.list("", listed::add);

            assertThat(listed).isEmpty();
            assertThatThrownBy(() -> other.find("any"))
                    .isInstanceOf(StorageAwayException.class)
                    .hasMessageContaining("bots-never-made");
            assertThatThrownBy(() -> other.read("any", new ByteArrayOutputStream()))
                    .isInstanceOf(StorageAwayException.class)
                    .hasMessageContaining("bots-never-made");
        }
    }
}
