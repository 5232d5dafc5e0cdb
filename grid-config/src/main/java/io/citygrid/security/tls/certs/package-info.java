/** A development authority: key stores for nodes, applications and tools, made with the JDK's keytool. */
@NullMarked
package io.citygrid.security.tls.certs;

import org.jspecify.annotations.NullMarked;
