/** What Kafka, PostgreSQL and S3 have in common. */
@NullMarked
package io.everstate.platform.server.part;

import org.jspecify.annotations.NullMarked;
