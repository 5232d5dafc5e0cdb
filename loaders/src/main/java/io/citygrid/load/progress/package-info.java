/** What a person sees while a load runs, and after it. */
@NullMarked
package io.citygrid.load.progress;

import org.jspecify.annotations.NullMarked;
