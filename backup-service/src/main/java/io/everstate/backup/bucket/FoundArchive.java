package io.everstate.backup.bucket;

import io.everstate.backup.archive.ObjectNames.Place;
import io.everstate.backup.store.ListedObject;

/**
 * An archive and the manifest beside it, as the bucket lists them.
 *
 * @param place what the archive's name says
 */
public record FoundArchive(Place place, ListedObject archive, ListedObject manifest) {}
