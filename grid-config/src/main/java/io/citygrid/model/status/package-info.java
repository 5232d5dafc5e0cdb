/** What nodes tell each other about their state now. */
@NullMarked
package io.citygrid.model.status;

import org.jspecify.annotations.NullMarked;
