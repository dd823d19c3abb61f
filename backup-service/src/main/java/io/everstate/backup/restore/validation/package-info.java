/** Whether what was restored can be used. */
@NullMarked
package io.everstate.backup.restore.validation;

import org.jspecify.annotations.NullMarked;
