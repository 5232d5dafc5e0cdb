/** Ids that come out the same at every run, so that loading twice changes nothing the second time. */
@NullMarked
package io.citygrid.load.identity;

import org.jspecify.annotations.NullMarked;
