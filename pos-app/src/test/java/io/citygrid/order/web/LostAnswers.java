package io.citygrid.order.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Stands for a network between register and web application that carries a sale there and loses the answer. */
public final class LostAnswers implements Filter {
    static final AtomicInteger STILL_TO_LOSE = new AtomicInteger();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean sale = request instanceof HttpServletRequest http
                && "POST".equals(http.getMethod())
                && http.getRequestURI().equals("/api/orders");
        if (sale && STILL_TO_LOSE.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            chain.doFilter(request, new ContentCachingResponseWrapper((HttpServletResponse) response));
            response.reset();
            ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_BAD_GATEWAY);
        } else {
            chain.doFilter(request, response);
        }
    }
}
