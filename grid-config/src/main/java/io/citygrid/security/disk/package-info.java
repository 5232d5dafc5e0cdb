/** Encryption of what nodes keep on disk, with Ignite's transparent data encryption. */
@NullMarked
package io.citygrid.security.disk;

import org.jspecify.annotations.NullMarked;
