package io.citygrid.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The pages. They hold no data: their scripts ask the REST interface, so that a page is there even while the grid is not, and
 * can say so.
 */
@Controller
final class Pages {
    @GetMapping("/")
    String register() {
        return "register";
    }

    @GetMapping({"/orders", "/orders/{orderId}"})
    String receipts() {
        return "orders";
    }

    @GetMapping("/dashboard")
    String dashboard() {
        return "dashboard";
    }

    @GetMapping("/grid")
    String grid() {
        return "grid";
    }

    @GetMapping("/audit")
    String audit() {
        return "audit";
    }
}
