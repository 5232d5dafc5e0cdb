package io.citygrid.security;

import org.apache.ignite.services.Service;

/** A service that anybody may try to call. */
public interface Till {
    String ring();

    /** One that answers. */
    final class Ringing implements Till, Service {
        private static final long serialVersionUID = 1L;

        @Override
        public String ring() {
            return "ring";
        }
    }
}
