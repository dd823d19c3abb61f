package io.everstate.backup.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Configurations of storages for tests, with small parts and short deadlines. */
final class Storages {
    private Storages() {}

    static StorageConfiguration at(URI endpoint, String accessKey, String secretKey, String bucket) {
        return new Fixed(endpoint, accessKey, secretKey, bucket);
    }

    static StorageCallMetrics metrics() {
        return new StorageCallMetrics(new SimpleMeterRegistry());
    }

    /** Remembered as long as the test runs. */
    static WrittenVersions versions() {
        var known = new ConcurrentHashMap<String, String>();
        return new WrittenVersions() {
            @Override
            public Optional<String> of(String object) {
                return Optional.ofNullable(known.get(object));
            }

            @Override
            public void wrote(String object, String version) {
                known.put(object, version);
            }

            @Override
            public void forget(String object) {
                known.remove(object);
            }
        };
    }

    private record Fixed(URI endpoint, String accessKey, String secretKey, String bucket)
            implements StorageConfiguration {
        @Override
        public String region() {
            return "us-east-1";
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration callTimeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public int attempts() {
            return 2;
        }

        @Override
        public Duration retryFor() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration resumeFor() {
            return Duration.ofSeconds(8);
        }

        @Override
        public int breakerFailures() {
            return 6;
        }

        @Override
        public Duration breakerDelay() {
            return Duration.ofSeconds(1);
        }

        @Override
        public MemorySize partSize() {
            return new MemorySize(BigInteger.valueOf(5 << 20));
        }

        @Override
        public Optional<MemorySize> capacity() {
            return Optional.empty();
        }

        @Override
        public List<Integer> thresholds() {
            return List.of();
        }

        @Override
        public Duration watchEvery() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration lookEvery() {
            return Duration.ofSeconds(30);
        }
    }
}
