/** The process that runs Kafka, PostgreSQL and S3 of one machine on one persistent directory. */
@NullMarked
package io.everstate.platform.server;

import org.jspecify.annotations.NullMarked;
