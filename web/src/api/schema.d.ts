// Generated from api/openapi.json by `npm run generate`. Never edited by hand.

export interface paths {
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server answers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Health"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether first set-up is still to be done. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Setup"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** First set-up: creates the first security administrator and signs in. 409 when it is done. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SetupRequest"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dictionary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every closed word list with its names. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Dictionary"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and what the person may do. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Signs in by name and password. A wrong name and a wrong password are answered alike. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LogIn"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Signs out. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/one-time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in by a link that works once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OneTime"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes the own password. Every session of the person ends; this browser gets a fresh one. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordChange"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the signed-in person is told besides the console. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contacts"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sets the own mail address, or takes it away. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MailContact"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/browsers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tells the person in this browser from now on, by its push service. One that is known changes hands. 404 where web push is switched off. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BrowserContact"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContactBrowser"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/browsers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Tells the person in this browser no more. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/browsers/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a test message, which says that it is one, to a browser of the person's. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChannelTest"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All accounts. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UserPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Creates an account without password, and the link by which its person signs in first. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewUser"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedUser"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends every session of a person and makes a new link. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OneTimeLink"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Disables an account and ends its sessions. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Regions in the asker's reach, with those above them. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Region"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Units in the asker's reach, in the order of regions and names. */
        get: {
            parameters: {
                query?: {
                    /** @description Only units of this region and those below it. */
                    region_id?: string;
                    /** @description Only this category. */
                    category?: string;
                    /** @description Only this connection state. */
                    connection?: string;
                    /** @description Only this duty state. */
                    duty?: string;
                    /** @description Part of the name or school code. */
                    q?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitRowPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One unit with its history and cameras. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitDetail"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/import/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An empty .xlsx file with the columns of an import. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Template */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Imports units from a spreadsheet: all rows, or none and a list of every bad cell. */
        post: {
            parameters: {
                query?: {
                    /** @description True only compares and writes nothing. */
                    dry_run?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ImportForm"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportOutcome"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/import/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The bad cells of a spreadsheet as an .xlsx file to send back to those who filled it in. Writes nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ImportForm"];
                };
            };
            responses: {
                /** @description Error sheet */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cameras in the asker's reach. */
        get: {
            parameters: {
                query?: {
                    /** @description Only cameras of this unit. */
                    unit_id?: string;
                    /** @description Only cameras in this state. A page may then be shorter than `limit` and still have a `next`. */
                    state?: string;
                    /** @description Part of the camera's or unit's name. */
                    q?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CameraPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Adds a camera and starts it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCamera"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Camera"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One camera. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Camera"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Removes a camera; its alarms stay. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes a camera and starts it anew. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CameraPatch"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Camera"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/cameras/{id}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest key frame. 404 while there is none. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/thumbnail.jpg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A small picture, 320 pixels wide: the newest key frame, looked for every few seconds (`media.thumbnail_s`) however many ask. 404 while
         *     there is none.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Width in pixels: 320, which is what is made where nothing is said. */
                    width?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                /** @description done */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a camera's head can be turned, by which way, and where it looks. The first question to a camera greets it and may take seconds. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CameraHead"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Orders a camera's head something and answers when the camera took it. 409 where it has none, refuses, or is a channel of a device. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CameraOrder"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The places that a camera's head remembers, asked from it now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Preset"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The zones of a camera, the pictures they are compared with, and how they are. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CameraZones"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Puts the zones of a camera, all of them, in place of those that were seen. 409 when somebody else was faster. They count from the camera's
         *     next look.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CameraZonesPut"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CameraZones"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The approved picture of a camera by one light. 404 where there is none. */
        get: {
            parameters: {
                query: {
                    /** @description `day` or `infrared`. */
                    light: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                /** @description done */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Approves the picture of a candidate: the camera's zones are compared with it from the next look. 409 where it was not shown in the last ten
         *     minutes.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReferenceApproval"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CameraZones"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/reference/candidate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the camera's newest key frame as a picture that can be approved. 503 while there is none. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReferenceCandidate"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/reference/candidates/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file of a candidate. 404 when it was not shown in the last ten minutes. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    sha256: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                /** @description done */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Devices in the asker's reach. */
        get: {
            parameters: {
                query?: {
                    /** @description Only devices of this unit. */
                    unit_id?: string;
                    /** @description Only devices in this state. */
                    state?: string;
                    /** @description Part of the device's name, the unit's name or the 20 digits. */
                    q?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DevicePage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Enters a device, so that it may register; an id that knocks is approved by this. A secret made by the platform is shown here and never
         *     again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDevice"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeviceWithSecret"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One device. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Device"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Removes a device that no camera gets its video from; what it reported stays. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes a device; it has to register again where its secret changed or it was switched off. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DevicePatch"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeviceWithSecret"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/devices/{id}/diagnosis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Each step from the device's first packet to a picture: what was found and what to do; and its last messages, without secrets. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Diagnosis"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/devices/{id}/condition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a device is, asked from it now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeviceCondition"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/devices/{id}/parameters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The basic parameters of a device, asked from it now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeviceParameters"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Changes basic parameters at a device and answers when it has taken them; an absent one stays as it is. The platform then expects its signs
         *     of life accordingly.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DeviceParameters"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/devices/{id}/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The memory cards of a device of 2022, asked from it now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MemoryCard"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/devices/{id}/position": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a device last said it was, since the platform's start. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DevicePlace"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/devices/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enters devices from a spreadsheet: all rows, or none and a list of every bad cell. Secrets that the platform made are shown here and never
         *     again.
         */
        post: {
            parameters: {
                query?: {
                    /** @description True only checks and writes nothing. */
                    dry_run?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["DeviceImportForm"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeviceImport"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What devices are to be given to register here, how many are in which state, and which ids knock and wait for a person. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccessStanding"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/devices/{id}/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Channels of a device in the order of their 20 digits. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of the channel's name or 20 digits. */
                    q?: string;
                    /** @description Digits 11 to 13, e.g. `132`. */
                    type_code?: string;
                    /** @description Whether it was in the last complete catalogue. */
                    present?: boolean;
                    /** @description Whether a camera gets its video from it. */
                    has_camera?: boolean;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChannelPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/camera": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a camera that gets its video from a channel. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewChannelCamera"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Camera"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/devices/{id}/cameras": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes cameras of all channels of a device that look like cameras and have none. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewChannelCameras"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Placed"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/upper-platforms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Platforms above ours that are shown nothing beyond the asker's reach. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UpperPlatformPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Enters a platform above ours and registers at it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewUpperPlatform"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UpperPlatform"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/upper-platforms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One platform above ours. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UpperPlatform"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Removes a platform above ours; it is told that we are gone. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes a platform above ours; the line to it begins anew. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpperPlatformPatch"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UpperPlatform"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/upper-platforms/{id}/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it is shown: counts, and the catalogue page by page as it is sent. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SharedCatalogue"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transmitters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Transmission devices in the asker's reach, by name. */
        get: {
            parameters: {
                query?: {
                    /** @description Only devices of this unit. */
                    unit_id?: string;
                    /** @description Only those that are online, or are not. */
                    online?: boolean;
                    /** @description Part of the device's name, the unit's name or the address. */
                    q?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TransmitterPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Enters a transmission device, so that what it sends is taken; an address that knocks is approved by this. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewTransmitter"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Transmitter"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transmitters/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the platform listens to transmission devices, what it counted, and addresses that knock and that nobody has entered. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TransmitterStanding"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transmitters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One transmission device. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Transmitter"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Removes a transmission device; what it told stays. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes a transmission device; it has to connect again. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TransmitterPatch"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Transmitter"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/transmitters/{id}/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Components behind a transmission device, in the order of their addresses. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those to which nobody gave a place. */
                    unplaced?: boolean;
                    /** @description Only those that are not in order: fire, fault, disabled. */
                    troubled?: boolean;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ComponentPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/components/{id}/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says where a component is and which cameras of its unit see that place. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ComponentPlace"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Component"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/facility-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What fire facilities in the asker's reach told, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only of this device. */
                    transmitter_id?: string;
                    /** @description Only of this kind, e.g. `fire` or `reset`. */
                    kind?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FacilityEventPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transmitters/{id}/roll-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roll-calls at a transmission device, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RollCallPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Asks for the person on duty at a transmission device: somebody has to press a key there before the deadline. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRollCall"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RollCall"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/devices/{id}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Orders a device something and answers when it took it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DeviceOrder"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Orders a channel something and answers when its device took it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChannelOrder"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The presets of a channel, asked from its device now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Preset"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/cruises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rounds of a channel of a device of 2022, asked from it now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Cruise"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/cruises/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The stops of one round, in order. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CruiseStop"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a channel of a device of 2022 goes when its head has rested for a while, asked from it now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HeadHome"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/position": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a channel of a device of 2022 looks, asked from it now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HeadPosition"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/capture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a picture of a channel now. `x-picture-from` says whether the device made it (`device`) or it is a key frame of the live
         *     video (`stream`). It is not kept.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/device-uploads/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Where a device puts the picture that it was asked for: a JPEG file of at most 8 MiB as the body, or in a form. The address is in the order to the
         *     device, works once and only while the picture is waited for.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "image/jpeg": number[];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Recordings of a channel between two times, asked from its device now. Leaves a row in the register of look-ups. */
        get: {
            parameters: {
                query: {
                    /** @description Beginning. */
                    from: string;
                    /** @description End. */
                    to: string;
                    /** @description Why, a word of the dictionary. */
                    reason: string;
                    /** @description Said in words; some reasons need it. */
                    note?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Recordings"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/playback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * WebSocket with a recording: a text message `init`, then fragmented MP4; `state` on trouble, `ended` at the end. The browser may say
         *     `{"order":"pause"}`, `{"order":"resume"}`, `{"order":"speed","speed":2}` and `{"order":"seek","at":…}`, each answered by `ordered` or
         *     `problem`. Leaves a row in the register of look-ups.
         */
        get: {
            parameters: {
                query: {
                    /** @description Beginning. */
                    from: string;
                    /** @description End. */
                    to: string;
                    /** @description Why, a word of the dictionary. */
                    reason: string;
                    /** @description Said in words; some reasons need it. */
                    note?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description switching to WebSocket */
                101: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lookups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who looked at what and why, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only at this unit. */
                    unit_id?: string;
                    /** @description Only of this camera. */
                    camera_id?: string;
                    /** @description Only by this person. */
                    user_id?: string;
                    /** @description Only of this kind. */
                    kind?: string;
                    /** @description At or after this time. */
                    from?: string;
                    /** @description Before this time. */
                    until?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LookupPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Says what is about to be looked at and why. The answer is to be named when looking and holds for two hours. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewLookup"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LookupGrant"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What of a camera is there, what is missing and why, what happened, what is pinned, what was deleted; 31 days at most. 403 `lookup_needed`
         *     without a grant that covers it.
         */
        get: {
            parameters: {
                query: {
                    /** @description `grant` of a look-up (`POST /api/lookups`) that covers camera and time. */
                    grant?: string;
                    /** @description Beginning. */
                    from: string;
                    /** @description End. */
                    to: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CameraTimeline"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/recording.mp4": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was recorded between two times, an hour at most, as an MP4 file with its index in front. It begins with the key picture before `from`;
         *     holes longer than a second are closed, and the marks say which moment is where. One byte range is understood. 403 `lookup_needed` without a
         *     grant for playback, 404 where nothing was recorded, 410 where it was deleted or its disk is gone, 416 for a range outside.
         */
        get: {
            parameters: {
                query: {
                    /** @description `grant` of a look-up (`POST /api/lookups`) that covers camera and time. */
                    grant?: string;
                    /** @description Beginning. */
                    from: string;
                    /** @description End. */
                    to: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "video/mp4": unknown;
                    };
                };
                /** @description done */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "video/mp4": unknown;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/recording.m3u8": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same for players of HTTP Live Streaming (RFC 8216), such as Apple's: a list of pieces of `recording.m4s`. The marks hold for it, too. */
        get: {
            parameters: {
                query: {
                    /** @description `grant` of a look-up (`POST /api/lookups`) that covers camera and time. */
                    grant?: string;
                    /** @description Beginning. */
                    from: string;
                    /** @description End. */
                    to: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.apple.mpegurl": string;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/recording.m4s": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bytes that the playlist of the same range lists: fragmented MP4 (ISO/IEC 14496-12 §8.8). One byte range is understood. */
        get: {
            parameters: {
                query: {
                    /** @description `grant` of a look-up (`POST /api/lookups`) that covers camera and time. */
                    grant?: string;
                    /** @description Beginning. */
                    from: string;
                    /** @description End. */
                    to: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "video/mp4": unknown;
                    };
                };
                /** @description done */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "video/mp4": unknown;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/recording/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which moment is where in the file of the same range. */
        get: {
            parameters: {
                query: {
                    /** @description `grant` of a look-up (`POST /api/lookups`) that covers camera and time. */
                    grant?: string;
                    /** @description Beginning. */
                    from: string;
                    /** @description End. */
                    to: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingMarks"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/recording/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Minutes of each day of a camera that should have been recorded, were, and are still there. No look at any picture. */
        get: {
            parameters: {
                query: {
                    /** @description First Beijing day, as 2026-11-01. */
                    first: string;
                    /** @description The day after the last; at most 366 days later. */
                    until: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingDay"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/recording/deletions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deletes every file that lies wholly within a stretch, and leaves a certificate. 409 where something in it is pinned or has to be kept longer;
         *     then nothing is deleted.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DeletionOrder"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeletionDone"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for a stretch of a camera to take along, a day at most. Films of an hour each and a signed manifest are written; the row of the register
         *     of look-ups is written with the request.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRecordingExport"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingExport"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exports in the asker's reach, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingExportPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One export. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingExport"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a request back that is not done yet. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingExport"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}/files/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of an export. One byte range is understood. 410 when its time is over. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "video/mp4": unknown;
                    };
                };
                /** @description done */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "video/mp4": unknown;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How recording stands as a whole. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingStatus"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recording/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the days that the law wants are there, camera by camera, as counted last night. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingHealthPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recording/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is missing of days that are over, and why; grouped by camera, the newest of each first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only at this unit. */
                    unit_id?: string;
                    /** @description Only of this camera. */
                    camera_id?: string;
                    /** @description Only with this cause. */
                    cause?: string;
                    /** @description That end after this time. */
                    from?: string;
                    /** @description That begin before this time. */
                    until?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GapPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recording/next-deletions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What goes next of every camera, soonest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NextDeletionPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recording/deletions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Certificates of what was deleted, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only of this unit. */
                    unit_id?: string;
                    /** @description Only of this camera. */
                    camera_id?: string;
                    /** @description Only for this reason. */
                    why?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeletionPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recording/pins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pins, newest first; those that no longer hold stay in the list. */
        get: {
            parameters: {
                query?: {
                    /** @description Only of this camera. */
                    camera_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PinPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Pins a stretch: it stays past its ceiling until the pin ends. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPin"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PinSet"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recording/pins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Lets a pin go before its end. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recording/retentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Units of which was said how long their recordings stay; of the others it is 30 days. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RetentionPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/{id}/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long the recordings of a unit stay. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitRetention"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Says how long the recordings of a unit stay, also of what was recorded before. Not below the law's floor, and a unit does not change which law
         *     holds.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RetentionOrder"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitRetention"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recording/disks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every disk with what is known of it now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingDisks"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Enters a disk: a folder, or a bucket. It is given an identity; what lies in a folder already is taken in and recordings go there from now on; to a
         *     bucket finished segments are moved. 422 at the field that is at fault where the bucket cannot be reached or written to.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRecordingDisk"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingDisk"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recording/disks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a disk. 409 for retiring one on which recordings still lie. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RecordingDiskPatch"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingDisk"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/recording/disks/{id}/take-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a disk back into service that went out, if it is the right one and takes data; 409 with the reason otherwise. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingDisk"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/voice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * WebSocket for a voice to the speaker of a channel: a text message `state` `calling`, then `speaking` when the device listens; from then on
         *     the browser sends binary messages of 16-bit samples, little endian, 8 000 a second, of 4 096 bytes at most. `problem` says why the device
         *     cannot be spoken to, `over` why the voice ended. Closing the connection ends it.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description switching to WebSocket */
                101: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/whep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Live pictures by WebRTC (WHEP, RFC 9725): the body is an SDP offer that would receive video, and sound by G.711 where it is wanted; the
         *     answer is SDP, and `Location` is where the viewer is sent away. The camera's coding must be among those offered, or the answer is 422 with
         *     the field `offer` and the code `codec`; 503 while the camera sends nothing, and where WebRTC is switched off. Candidates are not trickled.
         */
        post: {
            parameters: {
                query?: {
                    /** @description `main`, which is also what is given where nothing is said, or `sub`: the small picture, where there is one. */
                    stream?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/sdp": string;
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        /** @description where the viewer is sent away by DELETE */
                        location?: string;
                        /** @description `true` where the pictures are drawn */
                        "x-simulated"?: string;
                        /** @description `main` or `sub` */
                        "x-stream"?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/sdp": string;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/whep/{viewer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sends a viewer of one's own away. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    viewer: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/device-notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What devices in the asker's reach reported, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only of this device. */
                    device_id?: string;
                    /** @description Only of this unit. */
                    unit_id?: string;
                    /** @description Only those whose meaning nobody has said. */
                    unmapped?: boolean;
                    /** @description Only those whose point is silent until somebody resets it. */
                    silent?: boolean;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeviceNoticePage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/device-notices/{id}/meaning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what a notice means. One that means an alarm and never became one is raised now, with the time it happened. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewNoticeMeaning"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeviceNotice"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/device-notices/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets the point of a notice report again; the row says who did it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeviceNotice"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alarms in the asker's reach: open ones most urgent first, others newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `open` (when absent), `closed`, `all`, or one state. */
                    state?: string;
                    /** @description Only this level, 1 to 4. */
                    level?: number;
                    /** @description Only this code. */
                    code?: string;
                    /** @description Only alarms of this unit. */
                    unit_id?: string;
                    /** @description Only alarms of this camera. */
                    camera_id?: string;
                    /** @description Only alarms raised during this planned silence. */
                    silence_id?: string;
                    /** @description True: only alarms named in a supervision order that is not over. */
                    supervised?: boolean;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AlarmPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Reports an alarm by hand. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewAlarm"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Alarm"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One alarm with its steps. The first look by somebody who works alarms is T2. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AlarmDetail"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a step on an alarm. 409 when it has changed since, or its state does not allow the step. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AlarmEventRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AlarmDetail"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The work order of an alarm: both sides with clocks, acts and results, the stopwatches, and for a fire whom to call. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AlarmOrder"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}/order/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keeps what somebody did on a work order. 409 where it was done before, or the order does not know it now. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewOrderAct"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WorkOrder"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}/sheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes the sheet of an alarm as it stands, seals and signs it; its document is under `/api/duty/reports/{id}/document`. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyReport"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Confirmed fires and their reports, last confirmed first. */
        get: {
            parameters: {
                query?: {
                    /** @description `open` (not handed in, when absent), `late` (not handed in by the due time), or `all`. */
                    state?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}/incident": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report of one fire with its form. 404 for an alarm that owes none. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentDetail"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Keeps the form, or hands it in: then it is sealed and signed. 409 where somebody else wrote on it since, or it is sealed. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IncidentRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentDetail"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/escalations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What climbed to the asker's office, last told first. */
        get: {
            parameters: {
                query?: {
                    /** @description `owed` (when absent): open alarms that the office has not acknowledged; `all`: everything that ever climbed to it. */
                    state?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EscalationPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/escalations/owed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many acknowledgements the asker's office owes. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReceiptsOwed"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}/ladder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ladder of an alarm: who was told when and by what, who acknowledged, and what comes next. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AlarmLadder"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Acknowledges an alarm that climbed to the asker's office; the first time counts. 404 where it never did. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewReceipt"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notices in the asker's reach, newest first. Drafts are seen by the office that writes them alone. */
        get: {
            parameters: {
                query?: {
                    /** @description `all` (when absent), `awaiting` (something waits for the asker's level), `open`, `late`, or one state. */
                    state?: string;
                    /** @description Only `reminder`, `notice` or `supervision`. */
                    kind?: string;
                    /** @description Only those to this unit. */
                    unit_id?: string;
                    /** @description Only those to this organisation. */
                    organisation_id?: string;
                    /** @description Only those about this alarm. */
                    alarm_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NoticePage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Writes notices for overdue alarms, one for each unit or organisation that answers for some, and sends them unless drafts are wanted: all or none. An alarm
         *     or unit outside the asker's reach refuses the whole.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewNotices"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NoticesSent"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What sending would write; nothing is written. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewNotices"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NoticePreview"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many notices there are of each. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NoticeCounts"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One notice: its text, the chain of those who were told and their receipts, every step. The first look is noted. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NoticeDetail"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/{id}/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The alarms a notice is about, as they stand now, the longest overdue first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NoticedAlarmPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes one step: sends a draft, replies, accepts, returns, takes to the level above, withdraws. The platform closes by itself. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NoticeStepRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NoticeDetail"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs for the asker's level: as the unit, or as an office through which the notice came. The first counts. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewReceipt"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NoticeDetail"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overdue/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open alarms that exceeded a clock, the longest pushed first. */
        get: {
            parameters: {
                query?: {
                    /** @description `unit` (when absent) or `organisation`: who is counted, and whose notices. */
                    by?: string;
                    /** @description Only alarms at this unit. */
                    unit_id?: string;
                    /** @description Only alarms at units that this organisation serves. */
                    organisation_id?: string;
                    /** @description Only alarms at units of this region. */
                    region_id?: string;
                    /** @description Only this level, 1 to 4. */
                    level?: number;
                    /** @description Only alarms with at least so many notices about them, reminders not counted: still open after so many. */
                    notices?: number;
                    /** @description The notice that makes so many was sent at least so many days ago. */
                    days?: number;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OverdueAlarmPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overdue/parties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who answers for them, those with most of them first. */
        get: {
            parameters: {
                query?: {
                    /** @description `unit` (when absent) or `organisation`: who is counted, and whose notices. */
                    by?: string;
                    /** @description Only alarms at this unit. */
                    unit_id?: string;
                    /** @description Only alarms at units that this organisation serves. */
                    organisation_id?: string;
                    /** @description Only alarms at units of this region. */
                    region_id?: string;
                    /** @description Only this level, 1 to 4. */
                    level?: number;
                    /** @description Only alarms with at least so many notices about them, reminders not counted: still open after so many. */
                    notices?: number;
                    /** @description The notice that makes so many was sent at least so many days ago. */
                    days?: number;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OverduePartyPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overdue/parties.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as CSV: with `notices`, the list of names for a bulletin. Text that a spreadsheet program would take for a formula has an
         *     apostrophe in front.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `unit` (when absent) or `organisation`: who is counted, and whose notices. */
                    by?: string;
                    /** @description Only alarms at this unit. */
                    unit_id?: string;
                    /** @description Only alarms at units that this organisation serves. */
                    organisation_id?: string;
                    /** @description Only alarms at units of this region. */
                    region_id?: string;
                    /** @description Only this level, 1 to 4. */
                    level?: number;
                    /** @description Only alarms with at least so many notices about them, reminders not counted: still open after so many. */
                    notices?: number;
                    /** @description The notice that makes so many was sent at least so many days ago. */
                    days?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overdue/parties.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as XLSX. */
        get: {
            parameters: {
                query?: {
                    /** @description `unit` (when absent) or `organisation`: who is counted, and whose notices. */
                    by?: string;
                    /** @description Only alarms at this unit. */
                    unit_id?: string;
                    /** @description Only alarms at units that this organisation serves. */
                    organisation_id?: string;
                    /** @description Only alarms at units of this region. */
                    region_id?: string;
                    /** @description Only this level, 1 to 4. */
                    level?: number;
                    /** @description Only alarms with at least so many notices about them, reminders not counted: still open after so many. */
                    notices?: number;
                    /** @description The notice that makes so many was sent at least so many days ago. */
                    days?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The picture that raised the alarm, as the camera sent it; the boxes travel with the alarm. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}/clip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A few seconds of video around the moment. One byte range is understood. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "video/mp4": unknown;
                    };
                };
                /** @description done */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "video/mp4": unknown;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}/result-picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The picture that shows the alarm is dealt with. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Stores the picture that shows the alarm is dealt with: JPEG or PNG, at most 8 MiB. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "image/jpeg": number[];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rule-quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people said of the alarms of the watch in the last 30 days, by rule and by rule and camera. */
        get: {
            parameters: {
                query?: {
                    /** @description Only this code. */
                    code?: string;
                    /** @description Only this camera. */
                    camera_id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RuleQuality"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rule-quality/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The answered alarms behind a number of `/api/rule-quality`, newest first. */
        get: {
            parameters: {
                query: {
                    /** @description The code. */
                    code: string;
                    /** @description Version of the model; absent: a rule without one. */
                    model?: string;
                    /** @description Only this camera. */
                    camera_id?: string;
                    /** @description `real` or `false`; absent: both. */
                    answer?: string;
                    /** @description Only false ones for this reason. */
                    reason?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AlarmPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/quarantines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Quarantines of noisy rules, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those that are proposed or in force. */
                    open?: boolean;
                    /** @description Only at this camera. */
                    camera_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["QuarantinePage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/quarantines/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves a proposed quarantine with a reason and an end, declines it, or lifts one that is in force. 409 when it has changed since. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["QuarantineEventRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Quarantine"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The model that looks at pictures, and why a weights file that was asked for does not. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ServingModel"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/silences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Planned silences, last asked for first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those that are asked for or approved, and not over. */
                    open?: boolean;
                    /** @description Only at this unit. */
                    unit_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SilencePage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Asks for a planned silence of a unit, a camera or a rule; another person decides. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSilence"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Silence"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/silences/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves a silence, declines it, or ends it before its time. 409 when it has changed since, and for one's own wish. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SilenceEventRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Silence"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator-load": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alarms that called each guard in the last ten minutes, hour and day: the asker's own, or of those within the asker's reach. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperatorLoads"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/watchdog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether test alarms come through, and which links of the way are broken. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Watchdog"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/working-hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Working hours, what today is, the holidays and make-up days that come, and until when the calendar is known. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WorkingHours"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events: `alarm`, `camera`, `devices` and `device_notices` (without rows: read the lists again), `ping` every 15 s, and
         *     `resync` when the listener must read the lists again. Comes back where it left off with `Last-Event-ID`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cameras/{id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * WebSocket with live pictures: a text message `init` that also says which stream it is, then fragmented MP4; a text message `state` on
         *     trouble of the camera.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `main`, which is also what is given where nothing is said, or `sub`: the small picture, where there is one. */
                    stream?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description switching to WebSocket */
                101: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Organisations that the asker may know of, by name. */
        get: {
            parameters: {
                query?: {
                    /** @description A word of `organisation_states`. */
                    state?: string;
                    /** @description Sitting in this region or below. */
                    region_id?: string;
                    /** @description Part of the name or of the credit code. */
                    name?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrganisationPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Registers an organisation; the office where it sits approves it. 409 where its credit code is registered. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewOrganisation"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Organisation"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One organisation with what is behind it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrganisationFile"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Writes an organisation's facts anew. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrganisationEdit"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Organisation"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisations/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves an organisation, declines it, orders it to rectify, suspends, restores, replaces or cancels it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrganisationEventRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Organisation"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisations/{id}/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People of an organisation by name; empty for whoever may not look behind it. */
        get: {
            parameters: {
                query?: {
                    /** @description With those who left. */
                    left?: boolean;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Staff"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Enters a person. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StaffRequest"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Staff"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisations/{id}/staff/{staff_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes a person anew. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    staff_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StaffRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Staff"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Takes a person off the list; the row stays, the account is shut out. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    staff_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Staff"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisations/{id}/staff/{staff_id}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes the account a person signs in with, and the link for the first time. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    staff_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StaffAccountRequest"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OneTimeLink"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisations/{id}/assessments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Assessments of an organisation, the last first; empty for whoever may not look behind it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Assessment"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Keeps an assessment with what was measured at this moment. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AssessmentRequest"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Duty contracts, last proposed first. */
        get: {
            parameters: {
                query?: {
                    /** @description A word of `contract_states`. */
                    state?: string;
                    /** @description Only proposed, accepted or running ones. */
                    alive?: boolean;
                    /** @description Of this unit. */
                    unit_id?: string;
                    /** @description Of this organisation. */
                    organisation_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContractPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Proposes a contract for the asker's own side; the other side answers. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewContract"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contract"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contracts/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to a contract, in order. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContractMoment"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Accepts a contract, declines, withdraws or ends it. 409 when it has changed since, or the organisation may not take on more. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ContractEventRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contract"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/{id}/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The contracts of a unit, and for how many minutes none held. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContractCover"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contracts/{id}/documents/{document}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file. Every look leaves a row. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    document: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contracts/{id}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files of a contract, the last added first; 404 for whoever is not one of its sides. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContractDocument"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Adds the signed contract. What it is, is told by its first bytes. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ContractForm"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContractDocument"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisation-scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kept scores in the asker's reach, the last month first and the best first within it. */
        get: {
            parameters: {
                query?: {
                    /** @description Of this organisation. */
                    organisation_id?: string;
                    /** @description Of this month, YYYY-MM. */
                    month?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrganisationScore"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisations/{id}/scores/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The score of a month with its arithmetic: as it was kept, or as its rows stand where the month is not closed. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    month: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MonthScore"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisations/{id}/scores/{month}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every row the score was counted from: `watchfire duty score FILE` computes the figure from it without the platform. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    month: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/violations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries in the asker's reach, last opened first. */
        get: {
            parameters: {
                query?: {
                    /** @description A word of `violation_states`. */
                    state?: string;
                    /** @description A word of `violation_kinds`. */
                    kind?: string;
                    /** @description Against this organisation. */
                    organisation_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViolationPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Opens an entry on what the platform's rows say; where none supports it, it is refused. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewViolation"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViolationFile"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/violations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An entry with its evidence package and what happened. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViolationFile"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/violations/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replies, confirms, dismisses, appeals, upholds or withdraws. 409 when it has changed since, the time for a reply has not passed, or the
         *     appeal is whoever's confirmed.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ViolationEventRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViolationFile"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisation-applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Applications in the office's region, those that wait longest first. */
        get: {
            parameters: {
                query?: {
                    /** @description A word of `application_states`. */
                    state?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApplicationPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Applies for the register; the receipt is shown once. 409 where the credit code is registered or applied for, 429 where too many came from
         *     one address or wait in a region.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewApplication"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AppliedFor"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisation-applications/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Regions that an application may name. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApplicationRegion"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisation-applications/own": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sends a returned application again; its code and region stay. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ApplicationAgain"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OwnApplication"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** The application of a receipt. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReceiptRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OwnApplication"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisation-applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One application with what happened to it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApplicationFile"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisation-applications/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves, returns or refuses. With an approval the organisation stands in the register. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ApplicationEventRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Application"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/censuses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Censuses that the asker has to do with, last opened first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CensusPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Opens a census of the asker's region: every region that has rows of its own is asked. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCensus"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CensusFile"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/censuses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One census with the answers in the asker's reach. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CensusFile"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/censuses/{id}/regions/{region}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a region answered, and what its rows say now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    region: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CensusRegion"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/censuses/{id}/regions/{region}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs, returns or accepts a region's answer. 409 where the counts confirmed are not those of the rows, or the census is closed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    region: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CensusEventRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CensusFile"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/censuses/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes a census and freezes it. 409 before the deadline while a region has not been accepted. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CensusCloseRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CensusFile"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/censuses/{id}/frozen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was frozen at the close, whose SHA-256 stands beside the census. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The frozen census */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Duty rooms by name. */
        get: {
            parameters: {
                query?: {
                    /** @description Of this organisation. */
                    organisation_id?: string;
                    /** @description Standing in this region or below. */
                    region_id?: string;
                    /** @description Part of the name. */
                    name?: string;
                    /** @description Closed ones, too. */
                    with_closed?: boolean;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyRoomPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Opens a duty room. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDutyRoom"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyRoom"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One duty room. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyRoom"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a duty room: its name, the quiet time of its seats, its cameras. 409 when it has changed since. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DutyRoomEdit"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyRoom"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/duty-rooms/{id}/cameras": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enters a camera for an organisation's own room. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRoomCamera"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyRoom"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes a duty room; its seats are given up. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CloseDutyRoom"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyRoom"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}/seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The seats of a room, given up ones included. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Seat"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Gives out a code by which a browser becomes a seat of the room. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSeatCode"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SeatCode"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}/seats/{seat}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Gives a seat up. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    seat: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was on post in a room during a stretch, the latest first. */
        get: {
            parameters: {
                query: {
                    /** @description From when. */
                    from: string;
                    /** @description Until when. */
                    to: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Post"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes this browser a seat, by a code and a key of its own. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSeat"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Seat"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/head-counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many people each region asks for. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HeadCount"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/head-counts/{region}/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says how many people a region asks for in rooms of a kind. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    region: string;
                    kind: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewHeadCount"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Takes a head-count away; the next one above holds again. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    region: string;
                    kind: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}/roster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The roster of a room with everything that is wrong with it. */
        get: {
            parameters: {
                query: {
                    /** @description The first day, YYYY-MM-DD, Beijing. */
                    from: string;
                    /** @description How many days, 1 to 35; 7 when absent. */
                    days?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Roster"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Enters shifts. What nobody could work is refused, all of it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewShifts"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}/roster/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Repeats days of a roster. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CopyRoster"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}/shifts/{shift}/take-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a shift off that has not begun. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    shift: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TakeOffShift"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}/shifts/{shift}/stand-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody else takes a shift or a part of it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    shift: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewStandIn"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}/shifts/{shift}/swap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Two guards exchange whole shifts. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    shift: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SwapShifts"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The handovers that were signed in a room, the latest first. */
        get: {
            parameters: {
                query: {
                    /** @description From when. */
                    from: string;
                    /** @description Until when, at most 31 days later. */
                    to: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Handover"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that the seat's screen shows. */
        get: {
            parameters: {
                query?: never;
                header: {
                    "x-watchfire-seat": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SeatScreen"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seat/post": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes on post. */
        post: {
            parameters: {
                query?: never;
                header: {
                    "x-watchfire-seat": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Goes off post. */
        delete: {
            parameters: {
                query?: never;
                header: {
                    "x-watchfire-seat": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seat/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody did something at the seat; how awake the room is afterwards. */
        post: {
            parameters: {
                query?: never;
                header: {
                    "x-watchfire-seat": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Vigilance"] | null;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seat/handover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs one side of the handover that is due. */
        post: {
            parameters: {
                query?: never;
                header: {
                    "x-watchfire-seat": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignHandover"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seat/record": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs the record of two hours. */
        post: {
            parameters: {
                query?: never;
                header: {
                    "x-watchfire-seat": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignRecord"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a day comes to in the asker's reach. A day that runs counts up to about two minutes ago. */
        get: {
            parameters: {
                query: {
                    /** @description A Beijing day, YYYY-MM-DD. */
                    day: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Coverage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty/room-days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The days of duty rooms, by organisation, room and day. */
        get: {
            parameters: {
                query: {
                    /** @description The first Beijing day, YYYY-MM-DD. */
                    first: string;
                    /** @description The last one, at most 92 days later. */
                    last: string;
                    /** @description Of this organisation. */
                    organisation_id?: string;
                    /** @description Of this room. */
                    room_id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RoomDay"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/{id}/duty-days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The days of a unit that are in the ledger. */
        get: {
            parameters: {
                query: {
                    /** @description The first Beijing day, YYYY-MM-DD. */
                    first: string;
                    /** @description The last one, at most 92 days later. */
                    last: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitDay"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alarms/{id}/duty": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The duty of the alarm's unit in the minute in which it rang, for everybody who sees the alarm. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyAtAlarm"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-rooms/{id}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The corrections of a room's day, in the order in which they were made. */
        get: {
            parameters: {
                query: {
                    /** @description A Beijing day, YYYY-MM-DD. */
                    day: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Correction"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Corrects minutes of a closed day of a room; what they were held to be stays. 409 when the day is not closed, or was corrected meanwhile. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCorrection"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty/standings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The five conditions of effective duty of each unit, those that meet least first. */
        get: {
            parameters: {
                query?: {
                    /** @description In this region or below. */
                    region_id?: string;
                    /** @description One unit. */
                    unit_id?: string;
                    /** @description With this state following from the ledger, a word of `duty_states`. */
                    state?: string;
                    /** @description Only those that do not meet all five conditions. */
                    unmet?: boolean;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyStandingPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty/ledger-days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The days of the ledger that are closed, the last first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LedgerDay"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty/ledger-proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Computes every link of a closed day again and compares. */
        get: {
            parameters: {
                query: {
                    /** @description A Beijing day, YYYY-MM-DD. */
                    day: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LedgerProof"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suspicions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Suspicions of feigned duty, last raised first. */
        get: {
            parameters: {
                query?: {
                    /** @description A word of `suspicion_states`. */
                    state?: string;
                    /** @description A word of `tricks`. */
                    trick?: string;
                    /** @description Of this organisation. */
                    organisation_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SuspicionPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suspicions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A suspicion with its numbers, its evidence package, and what happened. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SuspicionFile"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suspicions/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replies to a suspicion, upholds or dismisses it. 409 when it has changed since, or the time for a reply has not passed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SuspicionEventRequest"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SuspicionFile"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reports of duty, last made first. */
        get: {
            parameters: {
                query?: {
                    /** @description `daily`, `weekly`, `alarm` or `incident`. */
                    kind?: string;
                    /** @description Of this organisation. */
                    organisation_id?: string;
                    /** @description The papers of this alarm. */
                    alarm_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyReportPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a report, seals and signs it: of an organisation from 08:00 of a day to 08:00 of the next, or of seven days for the asker's region. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDutyReport"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyReport"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty/reports/{id}/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A report as a file, printed from its seal. */
        get: {
            parameters: {
                query: {
                    /** @description `docx`, `pdf`, `xlsx`, `text`, or `json`: the sealed content whose SHA-256 was signed. */
                    format: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The document */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roll-call-rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rounds of asking, last asked first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only of this origin: a word of `roll_call_origins`. */
                    origin?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RollCallRoundPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Asks duty rooms now: named ones, every open one in reach, or a sample of them by lot. All of them or, where one that is named is closed or
         *     out of reach, none.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRollCallRound"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RollCallRound"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roll-call-rounds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One round with its counts. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RollCallRound"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roll-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roll-calls of duty rooms, last asked first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only of this round. */
                    round_id?: string;
                    /** @description Only of this room. */
                    room_id?: string;
                    /** @description Only below this region. */
                    region_id?: string;
                    /** @description Only in this state: a word of `duty_roll_call_states`. */
                    state?: string;
                    /** @description Only of this origin: a word of `roll_call_origins`. */
                    origin?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyRollCallPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roll-calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One roll-call with its pictures. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DutyRollCallDetail"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roll-calls/{id}/pictures/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture of the room: when it was asked (`asked`), when it answered (`answered`), or the one that decided about the code (`code`). */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    kind: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roll-call-days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Days whose schedule was committed to, the last first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RollCallDayPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roll-call-days/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A day's schedule, recomputed from the published seed and held against the calls that were made. */
        get: {
            parameters: {
                query?: {
                    /** @description Gives the moments of this room, once the seed is published. */
                    room_id?: string;
                };
                header?: never;
                path: {
                    day: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RollCallDayCheck"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roll-call-days/{day}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The text whose SHA-256 was published before the day. 409 until its seed is published. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    day: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roll-call-exemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exemptions, last asked for first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those that are asked for or approved, and not over. */
                    open?: boolean;
                    /** @description Only of this room. */
                    room_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RollCallExemptionPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Asks for a time in which a room is not asked, four hours at most; another person decides before it begins. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRollCallExemption"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RollCallExemption"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roll-call-exemptions/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves an exemption, declines it, or takes it back. 409 when it has changed since, and for one's own wish. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RollCallExemptionEvent"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RollCallExemption"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seat/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rotating code that the seat shows now. */
        get: {
            parameters: {
                query?: never;
                header: {
                    "x-watchfire-seat": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SeatRoomCode"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seat/roll-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the seat may answer. Where that is what it knows already, the answer waits until it is not, or the seconds are over. */
        get: {
            parameters: {
                query?: {
                    /** @description Ids of the calls that the seat shows, with commas between. */
                    knows?: string;
                    /** @description Seconds to wait for something else, up to 25; at once when absent. */
                    wait_s?: number;
                };
                header: {
                    "x-watchfire-seat": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SeatRollCalls"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seat/roll-calls/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers a roll-call with the digits that the seat shows. The server's clock decides whether it is late. */
        post: {
            parameters: {
                query?: never;
                header: {
                    "x-watchfire-seat": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SeatRollCallAnswer"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SeatRollCallAnswered"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Drills, the last to begin first. Double-blind ones that are not over are for whoever plans drills. */
        get: {
            parameters: {
                query?: {
                    /** @description Only in this room. */
                    room_id?: string;
                    /** @description Only of this kind: a word of `drill_kinds`. */
                    kind?: string;
                    /** @description Only in this state: a word of `drill_states`. */
                    state?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DrillPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Plans a drill in each of these rooms. All of them or, where one is closed or out of reach, none. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDrills"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Drill"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One drill with its steps and points. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DrillDetail"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls a drill off; it does not count as held. 409 when it is over. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CancelDrill"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Drill"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drill-months/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who drilled in the month of a day, and who did not. */
        get: {
            parameters: {
                query?: {
                    /** @description Only rooms below this region. */
                    region_id?: string;
                };
                header?: never;
                path: {
                    day: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DrillMonth"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drill-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The standing plans of the asker's region, above and below it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DrillPlan"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drill-plans/{region}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Has every duty room of a region drilled double-blind once a month, at a moment that a lot decides. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    region: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SetDrillPlan"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Takes the standing plan of a region away. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    region: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drill-lots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The months' lots: committed to beforehand, published afterwards. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DrillLot"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seat/drill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The drill that runs in the seat's room; null where none does. A double-blind one looks like an alarm until it is taken. */
        get: {
            parameters: {
                query?: never;
                header: {
                    "x-watchfire-seat": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SeatDrill"] | null;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seat/drill/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does a step of the drill that runs at the seat. The server's clock is the stopwatch. 409 where it was done, or the alarm is not taken yet. */
        post: {
            parameters: {
                query?: never;
                header: {
                    "x-watchfire-seat": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DoDrillStep"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SeatDrill"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Units, alarms and cameras in the asker's reach, counted now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Overview"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notification-channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every channel that is configured, and how it fares. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NotificationChannels"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notification-channels/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a test message, which says that it is one, to every address of a channel. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChannelTests"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Snapshots, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SnapshotPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Freezes the register as it stood at a moment. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSnapshot"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Snapshot"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{id}/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The table category × city of a measure, or category × county of a city. The id may be `latest`. */
        get: {
            parameters: {
                query?: {
                    /** @description `connection` (when absent), `duty`, `not_connected`, `effective_duty` or `unattended`. */
                    measure?: string;
                    /** @description `city` (when absent) or `county`. */
                    by?: string;
                    /** @description The city whose counties are wanted. */
                    region_id?: string;
                    /** @description A snapshot to compare with: an id or `latest`. */
                    since?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Figures"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{id}/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The frozen rows behind a figure, as far as the asker sees. The id may be `latest`. */
        get: {
            parameters: {
                query?: {
                    /** @description `connection` (when absent), `duty`, `not_connected`, `effective_duty` or `unattended`. */
                    measure?: string;
                    /** @description Only this category. */
                    category?: string;
                    /** @description Only units of this region and those below it. */
                    region_id?: string;
                    /** @description True: only units that belong to no city. */
                    outside_cities?: boolean;
                    /** @description `public` or `private`. */
                    ownership?: string;
                    /** @description `undergraduate` or `vocational`. */
                    study_level?: string;
                    /** @description True: only units whose ownership or level of study is not known. */
                    kind_unknown?: boolean;
                    /** @description Without the units that this measure counts in its numerator. */
                    minus?: string;
                    /** @description `in`: units counted in the numerator; `out`: the others; `all` or absent: both. */
                    value?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FrozenUnitPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{id}/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The alarms behind the counts of a snapshot: units that had some, and every late one, as far as the asker sees. The id may be `latest`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SnapshotAlarmRows"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{from}/compare/{to}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compares two snapshots: counts by category and city in both, and how many units differ. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    from: string;
                    to: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Comparison"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{from}/compare/{to}/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The units that differ between two snapshots, as far as the asker sees; a unit with several differences has several rows. */
        get: {
            parameters: {
                query?: {
                    /** @description `added`, `removed`, `connected`, `disconnected`, `duty_gained`, `duty_lost`, `moved`, `renamed` or `recategorised`. */
                    change?: string;
                    /** @description Only units of this category. */
                    category?: string;
                    /** @description Only units of this region and those below it. */
                    region_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path: {
                    from: string;
                    to: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitDifferencePage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/trend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A figure over the snapshots, its weekly rate of late, and what that would lead to. */
        get: {
            parameters: {
                query?: {
                    /** @description `connection` (when absent), `duty`, `not_connected`, `effective_duty` or `unattended`. */
                    measure?: string;
                    /** @description Only this category. */
                    category?: string;
                    /** @description Only this city or county. */
                    region_id?: string;
                    /** @description How far back, 1 to 260; 26 when absent. */
                    weeks?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Trend"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/overdue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The building plan held against a snapshot: deadlines with the days passed, and the units beyond theirs. */
        get: {
            parameters: {
                query?: {
                    /** @description Snapshot; the latest when absent. */
                    snapshot?: string;
                    /** @description Only this category. */
                    category?: string;
                    /** @description Only units of this region and those below it. */
                    region_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Overdue"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{id}/units.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The units behind a figure as CSV. Text that a spreadsheet program would take for a formula has an apostrophe in front. */
        get: {
            parameters: {
                query?: {
                    /** @description `connection` (when absent), `duty`, `not_connected`, `effective_duty` or `unattended`. */
                    measure?: string;
                    /** @description Only this category. */
                    category?: string;
                    /** @description Only units of this region and those below it. */
                    region_id?: string;
                    /** @description True: only units that belong to no city. */
                    outside_cities?: boolean;
                    /** @description `public` or `private`. */
                    ownership?: string;
                    /** @description `undergraduate` or `vocational`. */
                    study_level?: string;
                    /** @description True: only units whose ownership or level of study is not known. */
                    kind_unknown?: boolean;
                    /** @description Without the units that this measure counts in its numerator. */
                    minus?: string;
                    /** @description `in`: units counted in the numerator; `out`: the others; `all` or absent: both. */
                    value?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{id}/units.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The units behind a figure as XLSX. */
        get: {
            parameters: {
                query?: {
                    /** @description `connection` (when absent), `duty`, `not_connected`, `effective_duty` or `unattended`. */
                    measure?: string;
                    /** @description Only this category. */
                    category?: string;
                    /** @description Only units of this region and those below it. */
                    region_id?: string;
                    /** @description True: only units that belong to no city. */
                    outside_cities?: boolean;
                    /** @description `public` or `private`. */
                    ownership?: string;
                    /** @description `undergraduate` or `vocational`. */
                    study_level?: string;
                    /** @description True: only units whose ownership or level of study is not known. */
                    kind_unknown?: boolean;
                    /** @description Without the units that this measure counts in its numerator. */
                    minus?: string;
                    /** @description `in`: units counted in the numerator; `out`: the others; `all` or absent: both. */
                    value?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{id}/figures.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A table of figures as XLSX: the rates as a matrix, and every cell with its whole numbers, place and change. */
        get: {
            parameters: {
                query?: {
                    /** @description `connection` (when absent), `duty`, `not_connected`, `effective_duty` or `unattended`. */
                    measure?: string;
                    /** @description `city` (when absent) or `county`. */
                    by?: string;
                    /** @description The city whose counties are wanted. */
                    region_id?: string;
                    /** @description A snapshot to compare with: an id or `latest`. */
                    since?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{from}/compare/{to}/units.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The units that differ between two snapshots as CSV. */
        get: {
            parameters: {
                query?: {
                    /** @description `added`, `removed`, `connected`, `disconnected`, `duty_gained`, `duty_lost`, `moved`, `renamed` or `recategorised`. */
                    change?: string;
                    /** @description Only units of this category. */
                    category?: string;
                    /** @description Only units of this region and those below it. */
                    region_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path: {
                    from: string;
                    to: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{from}/compare/{to}/units.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The units that differ between two snapshots as XLSX. */
        get: {
            parameters: {
                query?: {
                    /** @description `added`, `removed`, `connected`, `disconnected`, `duty_gained`, `duty_lost`, `moved`, `renamed` or `recategorised`. */
                    change?: string;
                    /** @description Only units of this category. */
                    category?: string;
                    /** @description Only units of this region and those below it. */
                    region_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path: {
                    from: string;
                    to: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/overdue.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The units beyond their deadline as CSV. */
        get: {
            parameters: {
                query?: {
                    /** @description Snapshot; the latest when absent. */
                    snapshot?: string;
                    /** @description Only this category. */
                    category?: string;
                    /** @description Only units of this region and those below it. */
                    region_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/overdue.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The units beyond their deadline as XLSX. */
        get: {
            parameters: {
                query?: {
                    /** @description Snapshot; the latest when absent. */
                    snapshot?: string;
                    /** @description Only this category. */
                    category?: string;
                    /** @description Only units of this region and those below it. */
                    region_id?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/trend.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A figure over time as CSV. */
        get: {
            parameters: {
                query?: {
                    /** @description `connection` (when absent), `duty`, `not_connected`, `effective_duty` or `unattended`. */
                    measure?: string;
                    /** @description Only this category. */
                    category?: string;
                    /** @description Only this city or county. */
                    region_id?: string;
                    /** @description How far back, 1 to 260; 26 when absent. */
                    weeks?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/trend.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A figure over time as XLSX. */
        get: {
            parameters: {
                query?: {
                    /** @description `connection` (when absent), `duty`, `not_connected`, `effective_duty` or `unattended`. */
                    measure?: string;
                    /** @description Only this category. */
                    category?: string;
                    /** @description Only this city or county. */
                    region_id?: string;
                    /** @description How far back, 1 to 260; 26 when absent. */
                    weeks?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/register/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of the register, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterVersionPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/register/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proposed changes of units within reach, last proposed first. */
        get: {
            parameters: {
                query?: {
                    /** @description `proposed`, `approved` or `rejected`; absent: all. */
                    state?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterChangePage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Proposes that a unit should count, or should no longer. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRegisterChange"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterChange"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/register/changes/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves or rejects changes, all or none. Approving makes one new version of the register; nobody decides an own proposal. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RegisterDecision"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterDecided"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bulletins, newest first: all for the province, for others what was sent to them or asked of them. */
        get: {
            parameters: {
                query?: {
                    /** @description `draft`, `consulting`, `approved`, `published` or `withdrawn`; absent: all. */
                    state?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulletinRowPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Writes a draft from a snapshot. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewBulletin"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Bulletin"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a bulletin is written with where nobody decides otherwise. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One bulletin with its text, every printed figure, and what the asker may do now. A party's first look is remembered. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Bulletin"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Takes a bulletin back. Nothing is removed: its archive and its number stay. */
        delete: {
            parameters: {
                query?: {
                    /** @description Why; needed once the bulletin is approved. */
                    reason?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes a draft anew from the same snapshot; the text before stays as a revision. Absent settings go back to their defaults. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChangedSettings"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Bulletin"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}/annexes/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows of an annex, 200 at a time. */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the rows before. */
                    after?: string;
                };
                header?: never;
                path: {
                    id: string;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnnexRows"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A document of a bulletin, as an attachment. */
        get: {
            parameters: {
                query: {
                    /** @description `docx`, `pdf`, `xlsx`, `json` (the sealed form) or `text`. */
                    format: string;
                    /** @description True: filled into the customer's red-head template (docx only). */
                    template?: boolean;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The document */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": number[];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves as the second person: gives number and date, and signs. 409 with findings or objections left and no reason for overriding. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewApproval"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Bulletin"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends an approved bulletin to its addressees. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Bulletin"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The template in force. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplateState"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Puts a DOCX with the placeholders {{标题}} {{文号}} {{主送}} {{正文}} {{附件}} {{署名}} {{日期}} {{抄送}} {{数据说明}} in force. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": number[];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Takes the template out of force. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}/consultation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last round. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Consultation"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Sends a draft to the parties it names. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewConsultation"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Bulletin"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Ends a round in which everybody has answered. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}/consultation/agree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The asker's office has nothing to object. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}/objections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The asker's office objects. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewObjection"];
                };
            };
            responses: {
                /** @description done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Made"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}/objections/{objection_id}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers an objection, once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    objection_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewReply"];
                };
            };
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirms that the asker's office has read a published bulletin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulletins/{id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deliveries with their receipts; an addressee sees its own. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReceiptPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent to the asker's office: drafts to answer, bulletins to read; newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InboxPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public halves of all keys that ever signed, oldest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SigningKeyView"][];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Puts a new signing key in use; the old one stays for checking. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SigningKeyView"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A published bulletin by its number (发文字号) or its digest. Nothing unpublished is found. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Verified"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compares a copy with the published bulletin it shows the number, digest or title of. The file is not kept. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["CopyForm"];
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CopyVerdict"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Checks a notice: the body is its text, or a form with the field `file` (.txt, .docx, .pdf, .json; at most 5 MiB). Nothing is kept.
         *     422 where the document cannot be read or is no notice.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "text/plain": string;
                };
            };
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LintReport"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Acts and looks in the asker's reach, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only acts of this person. */
                    actor_id?: string;
                    /** @description Only acts about this thing. */
                    object_id?: string;
                    /** @description Only this kind of act. */
                    action?: string;
                    /** @description Rows wanted, 1 to 200; 50 when absent. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditRowPage"];
                    };
                };
                /** @description problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What the registrar has counted since the start. */
        AccessCounters: {
            /**
             * Format: int64
             * @description Challenges sent.
             */
            challenged: number;
            /**
             * Format: int64
             * @description Registrations and refreshes accepted.
             */
            registered: number;
            /**
             * Format: int64
             * @description Unregistrations accepted.
             */
            unregistered: number;
            /**
             * Format: int64
             * @description Signs of life taken.
             */
            keepalives: number;
            /**
             * Format: int64
             * @description Digests that were wrong.
             */
            wrong_digest: number;
            /**
             * Format: int64
             * @description Answers with an old nonce.
             */
            stale_nonce: number;
            /**
             * Format: int64
             * @description Digests that had been used before.
             */
            replayed: number;
            /**
             * Format: int64
             * @description Names that are no device id: scanners.
             */
            not_an_id: number;
            /**
             * Format: int64
             * @description Ids outside the allowed rules.
             */
            not_allowed: number;
            /**
             * Format: int64
             * @description Devices that call themselves by an id of the platform.
             */
            own_id: number;
            /**
             * Format: int64
             * @description Ids that nobody has entered.
             */
            unknown_id: number;
            /**
             * Format: int64
             * @description Ids that somebody has switched off.
             */
            blocked_id: number;
            /**
             * Format: int64
             * @description Requests of devices that are not registered.
             */
            not_registered: number;
            /**
             * Format: int64
             * @description Requests of registered devices from another address.
             */
            moved_address: number;
            /**
             * Format: int64
             * @description Dropped because their address sent too many.
             */
            limited_address: number;
            /**
             * Format: int64
             * @description Dropped because their id sent too many.
             */
            limited_id: number;
            /**
             * Format: int64
             * @description Refusals not sent, because the address had its share.
             */
            silent: number;
            /**
             * Format: int64
             * @description Registrations refused because the table is full.
             */
            table_full: number;
        };
        /** @description What was counted of all devices. */
        AccessLine: {
            /** @description Devices entered. */
            entered: number;
            /** @description Devices in the registrar's table. */
            registered: number;
            /** @description Calls that stand. */
            calls: number;
            /** @description What the registrar has counted since the start. */
            counters: components["schemas"]["AccessCounters"];
            /**
             * Format: int64
             * @description Packets that were no SIP.
             */
            noise_not_sip: number;
            /**
             * Format: int64
             * @description Packets that could not be read.
             */
            noise_malformed: number;
        };
        /** @description How the access desk stands. */
        AccessStanding: {
            /** @description The platform's own 20 digits; none where access by GB/T 28181 is switched off. */
            id?: string | null;
            /** @description The domain of its addresses. */
            domain: string;
            /** @description `host:port` that devices are to be given. */
            address: string;
            /** @description Where it listens, over UDP and TCP alike. */
            listens: string[];
            /** @description Devices in the asker's reach, by state. */
            states: components["schemas"]["DeviceCounts"];
            line?: components["schemas"]["AccessLine"] | null;
            /** @description Ids that wait for a decision, the newest knock first. */
            waiting: components["schemas"]["WaitingDevice"][];
        };
        /** @description The person who took a step. */
        Actor: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name for people. */
            display_name: string;
            /** @description Role at that time. */
            role: string;
        };
        /** @description An alarm. */
        Alarm: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description What it is about, e.g. `F02`. */
            code: string;
            /**
             * Format: int32
             * @description Urgency, 1 (red) to 4 (blue).
             */
            level: number;
            /** @description Where it stands. */
            state: string;
            /**
             * @description `overdue`, `supervised` (named in a supervision order that is not over), `escalated`, `reassigned`, `reopened`, `quarantined`, `silenced`,
             *     `inhibited` (its camera's picture could not be trusted, so nobody was called).
             */
            marks: string[];
            /** @description True for an announced drill. */
            drill: boolean;
            /**
             * Format: uuid
             * @description Unit it happened at.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /** @description Name of its city-level region; empty for a unit that belongs to the province itself. */
            city: string;
            /** @description Name of its county. */
            county?: string | null;
            /**
             * Format: uuid
             * @description Camera that saw it.
             */
            camera_id?: string | null;
            /** @description Its name. */
            camera_name?: string | null;
            /** @description Where it looks. */
            place_type?: string | null;
            /** @description One line in Chinese. */
            title_zh: string;
            /** @description The same in English. */
            title_en: string;
            /** @description `ai`, `manual` or `device`. */
            source: string;
            owner?: components["schemas"]["Owner"] | null;
            /**
             * Format: float
             * @description How sure the model was, 0 to 1.
             */
            score?: number | null;
            /** @description Version of the model that saw it; null where none did. */
            model?: string | null;
            /** @description Where in the picture. */
            boxes: components["schemas"]["DetectionBox"][];
            /** @description Time line. */
            times: components["schemas"]["AlarmTimes"];
            quiet_until?: components["schemas"]["Moment"] | null;
            /**
             * Format: uuid
             * @description That silence.
             */
            silence_id?: string | null;
            /**
             * Format: uuid
             * @description The alarm about the same thing that was ended before, while the camera saw it on.
             */
            predecessor_id?: string | null;
            /** @description Clocks of its level. */
            clocks: components["schemas"]["AlarmClock"][];
            /** @description Why it was none. */
            false_alarm_reason?: string | null;
            /** @description Note of the person who reported it. */
            note?: string | null;
            /** @description What it rests on, where a fire facility has to do with it: detectors, and what cameras saw at the same place. */
            sources: components["schemas"]["AlarmSource"][];
            /** @description True when a picture is kept. */
            has_picture: boolean;
            /** @description True when a clip is kept. */
            has_clip: boolean;
            /** @description True when a result picture is kept. */
            has_result_picture: boolean;
            /** @description True when a simulated camera or unit is behind it. */
            simulated: boolean;
            /** @description What the asker may do now. */
            next: components["schemas"]["NextAction"][];
            /**
             * Format: int64
             * @description Counts changes; sent back with every event.
             */
            version: number;
        };
        /** @description One clock of an alarm. */
        AlarmClock: {
            /** @description `take`, `verify`, `arrive` or `handle`. */
            clock: string;
            /**
             * Format: int64
             * @description Its limit in seconds.
             */
            limit_s: number;
            started_at?: components["schemas"]["Moment"] | null;
            due_at?: components["schemas"]["Moment"] | null;
            stopped_at?: components["schemas"]["Moment"] | null;
            /** @description True when it ran out before it was stopped, or has run out now. */
            overdue: boolean;
        };
        /** @description An alarm code. */
        AlarmCodeWord: {
            /** @description The code. */
            code: string;
            /** @description Chinese name. */
            name_zh: string;
            /** @description English name. */
            name_en: string;
            /** @description Letter of the group. */
            group: string;
            /**
             * Format: int32
             * @description Default level.
             */
            level: number;
        };
        /** @description Alarms in the asker's reach. */
        AlarmCounts: {
            /**
             * Format: int64
             * @description Open.
             */
            open: number;
            /** @description Open by level, most urgent first. */
            by_level: components["schemas"]["LevelCount"][];
            /**
             * Format: int64
             * @description Raised since midnight, Beijing time.
             */
            today: number;
            /**
             * Format: int64
             * @description Open and over a time limit.
             */
            overdue: number;
            /**
             * Format: int64
             * @description Of those of today, false.
             */
            today_false: number;
        };
        /** @description Spans between the times, in milliseconds; null where one end is missing. */
        AlarmDerived: {
            /**
             * Format: int64
             * @description T0 to T1.
             */
            discovery_ms?: number | null;
            /**
             * Format: int64
             * @description T1 to T3.
             */
            take_ms?: number | null;
            /**
             * Format: int64
             * @description T3 to T4.
             */
            verify_ms?: number | null;
            /**
             * Format: int64
             * @description T4 to T5.
             */
            arrive_ms?: number | null;
            /**
             * Format: int64
             * @description T4 to T6.
             */
            handle_ms?: number | null;
            /**
             * Format: int64
             * @description T1 to T7.
             */
            close_ms?: number | null;
        };
        /** @description An alarm with everything that happened to it. */
        AlarmDetail: components["schemas"]["Alarm"] & {
            /** @description Steps, oldest first. */
            steps: components["schemas"]["AlarmStep"][];
            /** @description Spans. */
            derived: components["schemas"]["AlarmDerived"];
            /** @description Cameras of the same unit, where the asker may see them. */
            neighbours: components["schemas"]["Camera"][];
        };
        /** @description A step on an alarm. */
        AlarmEventRequest: {
            /** @description What. */
            event: string;
            /**
             * Format: int64
             * @description The version the person was looking at.
             */
            version: number;
            /** @description For a false alarm. */
            reason?: string | null;
            /** @description In the person's words. */
            note?: string | null;
        };
        /** @description Who is told of an alarm while nobody does what its clocks wait for. */
        AlarmLadder: {
            /** @description Runs of clocks that were told of or go on, the present ones last. */
            runs: components["schemas"]["LadderRun"][];
            /** @description True where the asker's office was told and has not acknowledged. */
            owes_receipt: boolean;
        };
        /** @description The work order of an alarm; null where it has none. */
        AlarmOrder: {
            order?: components["schemas"]["WorkOrder"] | null;
        };
        /** @description A page of alarms. */
        AlarmPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Alarm"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description One thing that an alarm rests on. */
        AlarmSource: {
            /** @description `device` (a detector, call point or panel) or `ai` (a camera that is watched). */
            source: string;
            /** @description What it told, e.g. `F03` or `F01`. */
            code: string;
            /**
             * Format: int32
             * @description How urgent that is by itself.
             */
            level: number;
            /**
             * Format: uuid
             * @description The transmission device.
             */
            transmitter_id?: string | null;
            /** @description Its name. */
            transmitter_name?: string | null;
            /**
             * Format: uuid
             * @description The component.
             */
            component_id?: string | null;
            /** @description What that is, in Chinese. */
            component_zh?: string | null;
            /** @description What that is, in English. */
            component_en?: string | null;
            /** @description Where that is. */
            place?: string | null;
            /**
             * Format: uuid
             * @description The camera that saw it.
             */
            camera_id?: string | null;
            /** @description Its name. */
            camera_name?: string | null;
            /**
             * Format: uuid
             * @description The alarm that the same sighting was before; its picture and clip are there.
             */
            seen_alarm_id?: string | null;
            /** @description When it told first. */
            first_at: components["schemas"]["Moment"];
            /** @description When it told last. */
            last_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description How often.
             */
            times: number;
            /** @description Cameras that see the place of the component, the best one first. */
            cameras: components["schemas"]["PlaceCamera"][];
        };
        /** @description One step in the life of an alarm. */
        AlarmStep: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description `raise`, or the word of an event. */
            event: string;
            /** @description State before; none for the first step. */
            from?: string | null;
            /** @description State after. */
            to?: string | null;
            actor?: components["schemas"]["Actor"] | null;
            /** @description In the person's words. */
            note?: string | null;
            /** @description For a false alarm. */
            reason?: string | null;
        };
        /** @description The time line T0 to T7; null where it has not come to that. */
        AlarmTimes: {
            /** @description T0: it happened. */
            occurred_at: components["schemas"]["Moment"];
            /** @description T1: committed and pushed. */
            pushed_at: components["schemas"]["Moment"];
            opened_at?: components["schemas"]["Moment"] | null;
            taken_at?: components["schemas"]["Moment"] | null;
            verified_at?: components["schemas"]["Moment"] | null;
            arrived_at?: components["schemas"]["Moment"] | null;
            handled_at?: components["schemas"]["Moment"] | null;
            reviewed_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A column of an annex. */
        AnnexColumn: {
            /** @description Heading. */
            title: string;
        };
        /** @description A field of an annex as the documents print it. */
        AnnexField: {
            /** @description What it says; a dash where there is nothing to say. */
            text: string;
            /** @description Numbers stand to the right. */
            is_number: boolean;
        };
        /** @description Rows of an annex. */
        AnnexRows: {
            /** @description Columns from left to right. */
            columns: components["schemas"]["AnnexColumn"][];
            /** @description Rows; each as long as `columns`. */
            rows: components["schemas"]["AnnexField"][][];
            /** @description Remarks under the table. */
            notes: string[];
            /** @description Token of the rows after these; none at the end. */
            next?: string | null;
        };
        /** @description An annex as a list shows it. */
        AnnexTitle: {
            /**
             * Format: int32
             * @description 1, 2, … as cited in the text.
             */
            number: number;
            /** @description Title. */
            title: string;
            /**
             * Format: int64
             * @description Rows of its table.
             */
            rows: number;
        };
        /** @description An application as an office sees it. */
        Application: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description What it says. */
            said: components["schemas"]["OwnApplication"];
            /**
             * Format: int32
             * @description How often it was sent.
             */
            sent_count: number;
            /** @description Another organisation or application has the same name. */
            same_name: boolean;
            /**
             * Format: uuid
             * @description The organisation that came of it.
             */
            organisation_id?: string | null;
            /** @description What the asker may do now, words of `application_events`. */
            next: string[];
        };
        /** @description A returned application that is sent again; code and region stay. */
        ApplicationAgain: {
            /** @description The receipt. */
            receipt: string;
            /**
             * Format: int64
             * @description The version that was looked at.
             */
            version: number;
            /** @description All of it anew. */
            application: components["schemas"]["NewApplication"];
        };
        /** @description A decision about an application. */
        ApplicationEventRequest: {
            /** @description `approve`, `return` or `refuse`. */
            event: string;
            /**
             * Format: int64
             * @description The version that was looked at.
             */
            version: number;
            /** @description Why; whoever applied reads it. */
            reason?: string | null;
        };
        /** @description An application with what happened to it. */
        ApplicationFile: {
            /** @description As it stands. */
            application: components["schemas"]["Application"];
            /** @description What happened, in order. */
            steps: components["schemas"]["ApplicationMoment"][];
        };
        /** @description Something that happened to an application. */
        ApplicationMoment: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description A word of `application_events`; null: it was sent. */
            event?: string | null;
            /** @description The state after it. */
            to: string;
            /** @description Who; null: the applicant, or time. */
            by?: string | null;
            /** @description Why. */
            reason?: string | null;
        };
        /** @description A page of applications for the register of organisations. */
        ApplicationPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Application"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A region that an application may name. */
        ApplicationRegion: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Its name. */
            name: string;
            /**
             * Format: uuid
             * @description The region above.
             */
            parent_id?: string | null;
        };
        /** @description A new application with its receipt, which is shown once. */
        AppliedFor: {
            /** @description As it was kept. */
            application: components["schemas"]["OwnApplication"];
            /** @description The only way back to it. */
            receipt: string;
        };
        /** @description One criterion as it was judged. */
        AssessedCriterion: {
            /** @description A word of `criteria`. */
            criterion: string;
            /** @description What the person judged. */
            passed: boolean;
            /**
             * Format: int32
             * @description What the platform measured at that moment.
             */
            measured?: number | null;
            /**
             * Format: int32
             * @description What was asked.
             */
            needed: number;
            /** @description What the person wrote. */
            remark?: string | null;
        };
        /** @description An assessment. */
        Assessment: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description By whom. */
            by: string;
            /** @description True where every criterion passed. */
            passed: boolean;
            /** @description About all of it. */
            remark?: string | null;
            /** @description The four criteria. */
            criteria: components["schemas"]["AssessedCriterion"][];
        };
        /** @description An assessment to keep. */
        AssessmentRequest: {
            /** @description Each of the four criteria once. */
            criteria: components["schemas"]["JudgementRequest"][];
            /** @description About all of it. */
            remark?: string | null;
        };
        /** @description An act, or a look at footage. */
        AuditRow: {
            /**
             * Format: int64
             * @description Number in the register.
             */
            seq: number;
            /** @description When. */
            at: components["schemas"]["Moment"];
            actor?: components["schemas"]["Actor"] | null;
            /** @description What. */
            action: string;
            /** @description Kind of thing it was about. */
            object_kind: string;
            /** @description Its id; empty where it has none. */
            object_id: string;
            /** @description Its name. */
            object_name?: string | null;
            /** @description `ok`, `refused`, `locked`. */
            result: string;
            /** @description Id of the request; empty for the platform itself. */
            request_id: string;
            /** @description Where from; empty for the platform itself. */
            address: string;
            /** @description More about it. */
            detail?: string | null;
        };
        /** @description A page of the audit register. */
        AuditRowPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["AuditRow"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description What a browser says of its subscription (W3C Push API). */
        BrowserContact: {
            /** @description `endpoint`. */
            endpoint: string;
            /** @description `keys.p256dh`, base64url. */
            public_key: string;
            /** @description `keys.auth`, base64url. */
            auth_secret: string;
        };
        /** @description A bulletin. */
        Bulletin: components["schemas"]["BulletinRow"] & {
            /** @description Plain text, one paragraph a line. */
            text: string;
            /** @description The same by paragraph. */
            paragraphs: components["schemas"]["BulletinParagraph"][];
            /** @description Every printed figure. */
            figures: components["schemas"]["BulletinFigure"][];
            /** @description Its annexes. */
            annexes: components["schemas"]["AnnexTitle"][];
            /** @description What the checks found; empty for those who see no drafts. */
            findings: components["schemas"]["Finding"][];
            /** @description What the office decided. */
            settings: Record<string, never>;
            consultation?: components["schemas"]["Consultation"] | null;
            /** @description Approvals. */
            approvals: components["schemas"]["BulletinApproval"][];
            receipts?: components["schemas"]["ReceiptCounts"] | null;
            signature?: components["schemas"]["BulletinSignature"] | null;
            /** @description What happened to it; empty for those who see no drafts. */
            steps: components["schemas"]["BulletinStepView"][];
            /**
             * @description What the asker may do now: `edit`, `consult`, `end_consultation`, `answer` (reply to objections), `approve`, `publish`, `withdraw`,
             *     `object`, `agree`, `receive`.
             */
            next: string[];
        };
        /** @description An approval. */
        BulletinApproval: {
            /** @description Name of the person. */
            by: string;
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Why errors or open objections were passed over; none where there were none. */
            override_reason?: string | null;
        };
        /** @description A number that stands in the text. */
        BulletinFigure: {
            /** @description `F001`, `F002`, … in the order of the text. */
            id: string;
            /** @description Name of the figure in Chinese. */
            label: string;
            /** @description As printed. */
            text: string;
            /** @description How it is printed: `count`, `percent`, `kind_share`, `total_share`, `points`, `days`, `day` or `unproved`. */
            kind: string;
            /**
             * Format: int64
             * @description Units counted.
             */
            numerator: number;
            /**
             * Format: int64
             * @description Of so many; none for a count.
             */
            denominator?: number | null;
            /** @description What is counted; none where no frozen units stand behind the figure. */
            measure?: string | null;
            /** @description Units that this measure counts as well are left out. */
            minus?: string | null;
            /** @description `in`: the units the measure counts; `all`: its whole population. */
            side: string;
            /** @description Category; none for all, or where `categories` has several. */
            category?: string | null;
            /** @description Categories where there are several. */
            categories: string[];
            /**
             * Format: uuid
             * @description City-level region; none for the province.
             */
            region_id?: string | null;
            /** @description True for the units that belong to no city. */
            outside_cities: boolean;
            /** @description Ownership of the units counted. */
            ownership?: string | null;
            /** @description Level of study of the units counted. */
            study_level?: string | null;
            /** @description True for universities whose ownership or level the register does not know. */
            kind_unknown: boolean;
            /** @description SHA-256 over the ids of the units counted; only of a sealed bulletin. */
            rows_hash?: string | null;
            /** @description Place in the text. */
            span: components["schemas"]["TextSpan"];
        };
        /** @description One paragraph. */
        BulletinParagraph: {
            /** @description Its part in the layout: `title`, `addressees`, `heading`, `subheading`, `body`, `annex_list`, `signed`, `dated`, `copies_to`, `note`. */
            kind: string;
            /** @description Its text. */
            text: string;
        };
        /** @description A bulletin without its text. */
        BulletinRow: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Title. */
            title: string;
            /** @description `draft`, `consulting`, `approved`, `published` or `withdrawn`. */
            state: string;
            /**
             * Format: int64
             * @description Counts changes; sent back with a decision.
             */
            version: number;
            /**
             * Format: int64
             * @description Revision shown.
             */
            revision: number;
            /**
             * Format: uuid
             * @description Snapshot its figures come from.
             */
            snapshot_id: string;
            /**
             * Format: uuid
             * @description Snapshot that changes are counted from.
             */
            compare_snapshot_id?: string | null;
            /** @description The moment the snapshot shows. */
            as_of: components["schemas"]["Moment"];
            /** @description When it was first written. */
            created_at: components["schemas"]["Moment"];
            /** @description Name of the person who had it written; empty for the platform itself. */
            created_by: string;
            /** @description 发文字号; none before approval. */
            number?: string | null;
            published_at?: components["schemas"]["Moment"] | null;
            /** @description SHA-256 over its sealed content; none before approval. */
            digest?: string | null;
            /**
             * Format: int64
             * @description Findings that are errors.
             */
            errors: number;
            /**
             * Format: int64
             * @description Findings that are warnings.
             */
            warnings: number;
        };
        /** @description A page of bulletins. */
        BulletinRowPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["BulletinRow"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description The signature of an approved bulletin. */
        BulletinSignature: {
            /** @description Name of the scheme. */
            algorithm: string;
            /** @description Short name of the key. */
            key_id: string;
            /** @description SHA-256 that was signed. */
            digest: string;
            /** @description Who approved. */
            signer: string;
        };
        /** @description Something that happened to a bulletin. */
        BulletinStepView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description `write`, `rewrite`, `consult`, `end_consultation`, `approve`, `publish` or `withdraw`. */
            event: string;
            /** @description State before; none for the first. */
            from?: string | null;
            /** @description State after. */
            to: string;
            /**
             * Format: int64
             * @description Revision in force.
             */
            revision: number;
            /** @description Name of the person; empty for the platform itself. */
            by: string;
            /** @description Reason or remark. */
            note?: string | null;
        };
        /** @description A day that is not what its weekday says. */
        CalendarDay: {
            /** @description The day. */
            day: string;
            /** @description `holiday` or `make_up`. */
            kind: string;
            /** @description Of which holiday. */
            name: string;
            /** @description Where it was announced. */
            source: string;
        };
        /** @description A camera with the state of its stream. */
        Camera: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description Unit it stands in.
             */
            unit_id: string;
            /** @description Name of the unit. */
            unit_name: string;
            /** @description Name for people. */
            name: string;
            /** @description Where it looks. */
            place_type: string;
            /** @description `rtsp`, `file`, or `channel` of a device. */
            source_kind: string;
            /** @description Address without credentials; empty for a channel. */
            address: string;
            /** @description Address of the sub-stream; none where there is none, and of a channel. */
            sub_address?: string | null;
            /** @description Where it answers ONVIF, as entered; none: it is looked for at the host of the stream. */
            onvif_address?: string | null;
            /** @description Whether it has a sub-stream; of a channel whether one may be asked for. */
            has_sub_stream: boolean;
            /** @description Video account. */
            user_name?: string | null;
            /** @description State now. */
            state: string;
            /** @description Stable code of what is wrong. */
            reason_code?: string | null;
            /** @description What is wrong and what to do, in Chinese. */
            reason_zh?: string | null;
            /** @description The same in English. */
            reason_en?: string | null;
            /** @description Since when; the camera's creation where it never ran. */
            state_since: components["schemas"]["Moment"];
            /** @description True for a simulated camera. */
            simulated: boolean;
            /** @description Whether the watch looks at it. */
            watch: components["schemas"]["CameraWatch"];
            /** @description Counters. */
            health: components["schemas"]["CameraHealth"];
            /** @description How its recording stands. */
            recording: components["schemas"]["CameraRecording"];
        };
        /** @description Cameras in the asker's reach. */
        CameraCounts: {
            /**
             * Format: int64
             * @description All.
             */
            total: number;
            /**
             * Format: int64
             * @description Online.
             */
            online: number;
            /** @description By state; states without a camera are absent. */
            by_state: {
                [key: string]: number;
            };
        };
        /** @description What is known of a camera's head. */
        CameraHead: {
            /** @description `onvif`: by the camera's own orders; `channel`: by those of its channel; `none`: it cannot be turned now. */
            way: string;
            /**
             * Format: uuid
             * @description The channel, where that is the way.
             */
            channel_id?: string | null;
            /**
             * Format: float
             * @description Where it looks: −1 is the left end, 1 the right one. Absent where the camera does not say.
             */
            pan?: number | null;
            /**
             * Format: float
             * @description −1 is the lower end, 1 the upper one.
             */
            tilt?: number | null;
            /**
             * Format: float
             * @description 0 is the widest, 1 the nearest.
             */
            zoom?: number | null;
            /** @description Why it cannot be turned, as a stable code. */
            reason_code?: string | null;
            /** @description What is wrong and what to do, in Chinese. */
            reason_zh?: string | null;
            /** @description The same in English. */
            reason_en?: string | null;
        };
        /** @description What a camera and the watch have counted since the camera was started. */
        CameraHealth: {
            last_frame_at?: components["schemas"]["Moment"] | null;
            last_key_frame_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Frames received.
             */
            frames: number;
            /**
             * Format: int64
             * @description Key frames received.
             */
            key_frames: number;
            /**
             * Format: int64
             * @description Bytes received.
             */
            bytes: number;
            /**
             * Format: int64
             * @description Times the connection was made again.
             */
            reconnects: number;
            /**
             * Format: int64
             * @description Key frames that could not be decoded.
             */
            undecodable: number;
            /**
             * Format: int64
             * @description Key frames decoded.
             */
            looks: number;
            /**
             * Format: int64
             * @description Of these, found unchanged and not shown to the model.
             */
            gated_quiet: number;
            /**
             * Format: int32
             * @description Time from look to look in milliseconds, smoothed: how often the watch really sees this camera.
             */
            look_interval_ms?: number | null;
            /** @description Which pictures are looked at: `key_frames`; where those come too rarely, `sub_stream` (its key frames) or `every_picture` (all are decoded). */
            looks_at: string;
            /**
             * Format: int32
             * @description Spacing of key frames in milliseconds.
             */
            key_frame_interval_ms?: number | null;
            /**
             * Format: int32
             * @description Picture width in pixels.
             */
            width?: number | null;
            /**
             * Format: int32
             * @description Picture height in pixels.
             */
            height?: number | null;
            /**
             * Format: int64
             * @description Key frames replaced by a newer one before they were looked at.
             */
            dropped_key_frames: number;
        };
        /** @description An order to the head of a camera that is asked itself, by ONVIF. */
        CameraOrder: {
            /**
             * Format: int32
             * @description Left (−) and right (+).
             */
            pan?: number;
            /**
             * Format: int32
             * @description Down (−) and up (+).
             */
            tilt?: number;
            /**
             * Format: int32
             * @description Wider (−) and nearer (+).
             */
            zoom?: number;
            /**
             * Format: int32
             * @description Seconds after which it stops by itself, 1 to 60; 15 when absent.
             */
            at_most_s?: number | null;
            /** @enum {string} */
            order: "move";
        } | {
            /** @enum {string} */
            order: "stop";
        } | {
            /** @description Its id, as the camera gave it. */
            preset: string;
            /** @enum {string} */
            order: "preset_call";
        } | {
            /** @description The name for people. */
            name: string;
            /** @description The preset to replace; absent: a new one. */
            preset?: string | null;
            /** @enum {string} */
            order: "preset_set";
        } | {
            /** @description Its id, as the camera gave it. */
            preset: string;
            /** @enum {string} */
            order: "preset_delete";
        };
        /** @description A page of cameras. */
        CameraPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Camera"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description Changes to a camera; an absent field stays as it is. */
        CameraPatch: {
            /** @description Name for people. */
            name?: string | null;
            /** @description Where it looks. */
            place_type?: string | null;
            /** @description Address. */
            address?: string | null;
            /** @description Address of the sub-stream; empty removes it. */
            sub_address?: string | null;
            /** @description Where it answers ONVIF; empty: it is looked for. */
            onvif_address?: string | null;
            /** @description Video account; empty removes it. */
            user_name?: string | null;
            /** @description Password; empty removes it. */
            password?: string | null;
            /** @description Whether the watch looks at it. */
            watch_enabled?: boolean | null;
            /** @description Whether it is recorded. */
            is_recorded?: boolean | null;
            /** @description Switched off. */
            disabled?: boolean | null;
        };
        /** @description How the recording of a camera stands. */
        CameraRecording: {
            /** @description Whether it is to be recorded, as entered or configured. */
            wanted: boolean;
            /** @description As entered; none: as configured. */
            entered?: boolean | null;
            since?: components["schemas"]["Moment"] | null;
            /** @description What stands in the way now. */
            obstacle?: string | null;
            obstacle_since?: components["schemas"]["Moment"] | null;
            recorded_until?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Bytes taken since the last start.
             */
            bytes: number;
            /**
             * Format: int64
             * @description Pictures that this machine was too slow to take.
             */
            lost_frames: number;
            /**
             * Format: int32
             * @description How much faster the camera's clock runs than ours, in millionths.
             */
            clock_drift_ppm?: number | null;
        };
        /** @description A camera's time line. */
        CameraTimeline: {
            /**
             * Format: uuid
             * @description Which camera.
             */
            camera_id: string;
            /** @description Beginning of what was asked for. */
            from: components["schemas"]["Moment"];
            /** @description Its end. */
            to: components["schemas"]["Moment"];
            /** @description What is there, in order. */
            recorded: components["schemas"]["RecordedSpan"][];
            /** @description What should be there and was never recorded. */
            gaps: components["schemas"]["TimelineGap"][];
            /** @description What happened, oldest first; at most 200. */
            alarms: components["schemas"]["TimelineAlarm"][];
            /** @description What stays past its ceiling. */
            pins: components["schemas"]["Pin"][];
            /** @description What was deleted, newest first; at most 200. */
            deletions: components["schemas"]["Deletion"][];
            /**
             * Format: int64
             * @description Files of what is there; none of more than a day.
             */
            segments?: number | null;
            /**
             * Format: int64
             * @description Their size.
             */
            size_bytes?: number | null;
            video?: components["schemas"]["TimelineVideo"] | null;
        };
        /** @description Whether the watch looks at a camera. */
        CameraWatch: {
            /** @description True when it does. */
            enabled: boolean;
        };
        /** @description The zones of a camera, and how they are. */
        CameraZones: {
            /**
             * Format: int64
             * @description Counts changes; sent back with the next one.
             */
            version: number;
            /** @description In the order in which they were put. */
            zones: components["schemas"]["Zone"][];
            /** @description The pictures that they are compared with, at most one by each light. */
            references: components["schemas"]["Reference"][];
            /** @description Why they are not compared, as a stable code; null where they are, and where there is nothing to compare. */
            not_compared_code?: string | null;
            /** @description Why, and what to do, in Chinese. */
            not_compared_zh?: string | null;
            /** @description The same in English. */
            not_compared_en?: string | null;
            /** @description What is wrong with the picture now. */
            conditions: components["schemas"]["PictureCondition"][];
            last_look_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int32
             * @description Time from look to look in milliseconds, smoothed.
             */
            look_interval_ms?: number | null;
        };
        /** @description The zones of a camera to put in place of those that were seen. */
        CameraZonesPut: {
            /**
             * Format: int64
             * @description `version` of the answer that was seen.
             */
            version: number;
            /** @description All of them, 16 at most. */
            zones: components["schemas"]["ZonePut"][];
        };
        /** @description Why a drill is called off. */
        CancelDrill: {
            /** @description 1 to 500 characters. */
            why: string;
        };
        /** @description The same for one category. */
        CategoryCounts: {
            /** @description Category. */
            category: string;
            /**
             * Format: int64
             * @description That should connect.
             */
            should: number;
            /**
             * Format: int64
             * @description That are connected.
             */
            connected: number;
            /**
             * Format: int64
             * @description That are on 24-hour duty.
             */
            duty: number;
        };
        /** @description A category of units. */
        CategoryWord: {
            /** @description The word. */
            code: string;
            /** @description Chinese name. */
            name_zh: string;
            /** @description English name. */
            name_en: string;
            /** @description 所 or 家 */
            measure_word: string;
            /** @description Whether bulletins print figures for it. */
            has_figures: boolean;
        };
        /** @description So many of so many. */
        Cell: {
            /**
             * Format: int64
             * @description Units that have the state.
             */
            numerator: number;
            /**
             * Format: int64
             * @description Units that should have it.
             */
            denominator: number;
            /** @description The percentage as bulletins print it, without the sign; none where there is no unit. */
            percent_text?: string | null;
            /**
             * Format: int64
             * @description How far it lies above the snapshot compared with, in hundredths of a percentage point; none where either has no unit.
             */
            change_points?: number | null;
            /**
             * Format: int32
             * @description Place among the regions of the row, best first; equal values share one. None for sums and where there is no unit.
             */
            rank?: number | null;
        };
        /** @description A census. */
        Census: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description What it is called. */
            title: string;
            /** @description What is asked. */
            note: string;
            /**
             * Format: uuid
             * @description Whose region asks.
             */
            region_id: string;
            /** @description Its name. */
            region_name: string;
            /** @description Who opened it. */
            opened_by: string;
            /** @description When. */
            opened_at: components["schemas"]["Moment"];
            /** @description Until when answers are awaited. */
            deadline_at: components["schemas"]["Moment"];
            closed_at?: components["schemas"]["Moment"] | null;
            /** @description SHA-256 of what was frozen, hex. */
            digest?: string | null;
            /**
             * Format: int32
             * @description Regions in the asker's reach that it asks.
             */
            asked: number;
            /**
             * Format: int32
             * @description Of these, answered or accepted.
             */
            answered: number;
            /**
             * Format: int32
             * @description Of these, accepted.
             */
            accepted: number;
            /**
             * Format: int64
             * @description Counts changes.
             */
            version: number;
        };
        /** @description The answer of a region. */
        CensusAnswer: {
            /**
             * Format: uuid
             * @description Which region.
             */
            region_id: string;
            /** @description Its name. */
            region_name: string;
            /** @description A word of `census_states`. */
            state: string;
            counts?: components["schemas"]["CensusCounts"] | null;
            /** @description SHA-256 of its lists, hex. */
            digest?: string | null;
            /** @description Who signed. */
            signed_by?: string | null;
            signed_at?: components["schemas"]["Moment"] | null;
            /** @description What they said. */
            remark?: string | null;
            /**
             * Format: int64
             * @description Counts changes.
             */
            version: number;
            /** @description What the asker may do now, words of `census_events`. */
            next: string[];
        };
        /** @description The version that was looked at. */
        CensusCloseRequest: {
            /**
             * Format: int64
             * @description Of the census.
             */
            version: number;
        };
        /** @description What rows come to. */
        CensusCounts: {
            /**
             * Format: int32
             * @description Organisations that are not cancelled.
             */
            organisations: number;
            /**
             * Format: int32
             * @description Of these, approved and not under any order.
             */
            valid: number;
            /**
             * Format: int32
             * @description Units.
             */
            units: number;
            /**
             * Format: int32
             * @description Of these, with a running contract.
             */
            contracted: number;
            /**
             * Format: int32
             * @description Of these, with effective duty as observed.
             */
            on_duty: number;
        };
        /** @description A step with a region's answer. */
        CensusEventRequest: {
            /** @description A word of `census_events`. */
            event: string;
            /**
             * Format: int64
             * @description The version of the answer that was looked at.
             */
            version: number;
            counts?: components["schemas"]["CensusCounts"] | null;
            /** @description Why; needed where it is returned. */
            reason?: string | null;
        };
        /** @description A census with its answers. */
        CensusFile: {
            /** @description As it stands. */
            census: components["schemas"]["Census"];
            /** @description The answers in the asker's reach. */
            answers: components["schemas"]["CensusAnswer"][];
            /** @description What the answers that were given come to. */
            sum: components["schemas"]["CensusCounts"];
            /** @description What happened, in order. */
            steps: components["schemas"]["CensusMoment"][];
            /** @description Whether the asker may close it now. */
            may_close: boolean;
        };
        /** @description What is entered at a region. */
        CensusLists: {
            /** @description Organisations. */
            organisations: components["schemas"]["CensusOrganisation"][];
            /** @description Units. */
            units: components["schemas"]["CensusUnit"][];
        };
        /** @description Something that happened. */
        CensusMoment: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description `open`, `answer`, `return`, `accept` or `close`. */
            event: string;
            /** @description About which region; null: all of it. */
            region_name?: string | null;
            /** @description Who. */
            by: string;
            /** @description Why. */
            reason?: string | null;
        };
        /** @description An organisation on a region's list. */
        CensusOrganisation: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name. */
            name: string;
            /** @description Unified social credit code. */
            credit_code: string;
            /** @description A word of `organisation_states`. */
            state: string;
        };
        /** @description A page of censuses. */
        CensusPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Census"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A region's answer beside what its rows say now. */
        CensusRegion: {
            /** @description Its answer. */
            answer: components["schemas"]["CensusAnswer"];
            signed?: components["schemas"]["CensusLists"] | null;
            /** @description What is entered there now. */
            lists: components["schemas"]["CensusLists"];
            /** @description What that comes to. */
            counts: components["schemas"]["CensusCounts"];
        };
        /** @description A unit on a region's list. */
        CensusUnit: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name. */
            name: string;
            /** @description A word of `categories`. */
            category: string;
            /** @description A word of `duty_states`. */
            duty: string;
            /** @description A word of `provenances`. */
            duty_provenance: string;
            /** @description Who does its duty. */
            organisation?: string | null;
        };
        /** @description New settings of a draft: the version read, and beside it the fields of the settings. */
        ChangedSettings: {
            /**
             * Format: int64
             * @description The version that was read.
             */
            version: number;
        };
        /** @description A channel as its device tells it. */
        Channel: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description Its device.
             */
            device_id: string;
            /** @description Its 20 digits. */
            gb_id: string;
            /** @description Digits 11 to 13: what it is, e.g. `132` a network camera, `134` an alarm input. */
            type_code: string;
            /** @description What it hangs below, as sent. */
            parent_gb_id?: string | null;
            /** @description Its name; may be empty. */
            name: string;
            /** @description Manufacturer. */
            maker?: string | null;
            /** @description Model. */
            model?: string | null;
            /** @description Whether it works, as the device says. */
            status: string;
            /**
             * Format: int32
             * @description Kind of mount as sent: 1 dome, 2 half-dome, 3 fixed, 4 bullet with remote control.
             */
            ptz_type?: number | null;
            /** @description In the last complete catalogue, or told since. */
            present: boolean;
            /** @description When anything of it changed last. */
            changed_at: components["schemas"]["Moment"];
            /**
             * Format: uuid
             * @description The camera that gets its video from it; it may belong to a unit that the asker does not see.
             */
            camera_id?: string | null;
        };
        /** @description An order to a channel. */
        ChannelOrder: {
            /**
             * Format: int32
             * @description Left (−) and right (+).
             */
            pan?: number;
            /**
             * Format: int32
             * @description Down (−) and up (+).
             */
            tilt?: number;
            /**
             * Format: int32
             * @description Wider (−) and nearer (+).
             */
            zoom?: number;
            /**
             * Format: int32
             * @description Focus far (−) and near (+).
             */
            focus?: number;
            /**
             * Format: int32
             * @description Iris closed (−) and open (+).
             */
            iris?: number;
            /** @enum {string} */
            order: "move";
        } | {
            /** @enum {string} */
            order: "stop";
        } | {
            /**
             * Format: int32
             * @description 1 to 255.
             */
            preset: number;
            /** @enum {string} */
            order: "preset_call";
        } | {
            /**
             * Format: int32
             * @description 1 to 255.
             */
            preset: number;
            /** @enum {string} */
            order: "preset_set";
        } | {
            /**
             * Format: int32
             * @description 1 to 255.
             */
            preset: number;
            /** @enum {string} */
            order: "preset_delete";
        } | {
            /**
             * Format: int32
             * @description Number of the round.
             */
            group: number;
            /** @enum {string} */
            order: "cruise_start";
        } | {
            /**
             * Format: int32
             * @description Number of the scan.
             */
            group: number;
            /** @enum {string} */
            order: "scan_start";
        } | {
            /** @description On or off. */
            on: boolean;
            /** @enum {string} */
            order: "wiper";
        } | {
            /**
             * Format: double
             * @description Degrees, 0 to 360.
             */
            pan_deg?: number | null;
            /**
             * Format: double
             * @description Degrees, −30 to 90.
             */
            tilt_deg?: number | null;
            /**
             * Format: double
             * @description Times.
             */
            zoom?: number | null;
            /** @enum {string} */
            order: "precise";
        } | {
            /** @description On or off. */
            enabled: boolean;
            /**
             * Format: int32
             * @description After how many seconds.
             */
            after_s: number;
            /**
             * Format: int32
             * @description Which preset.
             */
            preset: number;
            /** @enum {string} */
            order: "home";
        } | {
            /** @enum {string} */
            order: "key_frame";
        } | {
            /** @description On or off. */
            on: boolean;
            /** @enum {string} */
            order: "record";
        } | {
            /** @description On or off. */
            on: boolean;
            /** @enum {string} */
            order: "guard";
        };
        /** @description A page of channels. */
        ChannelPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Channel"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description What the test of a connection found at one address. */
        ChannelTest: {
            /** @description The address, without secrets. */
            address: string;
            /** @description True where the other side took the message. */
            taken: boolean;
            /** @description What it said, or what went wrong. */
            said: string;
        };
        /** @description What the test of a channel found. */
        ChannelTests: {
            /** @description One for each address. */
            items: components["schemas"]["ChannelTest"][];
        };
        /** @description A city-level region. */
        City: {
            /**
             * Format: uuid
             * @description Id.
             */
            region_id: string;
            /** @description Name. */
            name: string;
        };
        /** @description The cell of one region. */
        CityCell: {
            /**
             * Format: uuid
             * @description Region.
             */
            region_id: string;
            /** @description Its name. */
            name: string;
            /** @description Value. */
            cell: components["schemas"]["Cell"];
        };
        /** @description Limits of one level, in seconds; null where the level has no such clock. */
        ClockWord: {
            /**
             * Format: int32
             * @description Level, 1 to 4.
             */
            level: number;
            /**
             * Format: int64
             * @description Take.
             */
            take_s: number;
            /**
             * Format: int64
             * @description Take, goal for most alarms.
             */
            take_goal_s: number;
            /**
             * Format: int64
             * @description Verify.
             */
            verify_s?: number | null;
            /**
             * Format: int64
             * @description On site.
             */
            arrive_s?: number | null;
            /**
             * Format: int64
             * @description Handled.
             */
            handle_s?: number | null;
        };
        /** @description Closing a room. */
        CloseDutyRoom: {
            /** @description Why. */
            reason: string;
            /**
             * Format: int64
             * @description The version that was looked at.
             */
            version: number;
        };
        /** @description Two snapshots compared. */
        Comparison: {
            /** @description The one compared with. */
            from: components["schemas"]["Snapshot"];
            /** @description The one compared. */
            to: components["schemas"]["Snapshot"];
            /**
             * Format: int64
             * @description Units of `to` only.
             */
            added: number;
            /**
             * Format: int64
             * @description Units of `from` only.
             */
            removed: number;
            /**
             * Format: int64
             * @description Units of both that differ in name, category, region, or in counting as connected or on duty.
             */
            changed: number;
            /** @description Counts by category and city. */
            rows: components["schemas"]["ComparisonRow"][];
        };
        /** @description One category in one city, then and now. */
        ComparisonRow: {
            /** @description Category. */
            category: string;
            city?: components["schemas"]["City"] | null;
            /** @description Then. */
            from: components["schemas"]["ThreeCounts"];
            /** @description Now. */
            to: components["schemas"]["ThreeCounts"];
        };
        /** @description A component of a fire facility. */
        Component: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description The device that told it.
             */
            transmitter_id: string;
            /**
             * Format: int32
             * @description Type of its system, by table 4 of GB/T 26875.3.
             */
            system_kind: number;
            /**
             * Format: int32
             * @description Address of its system.
             */
            system_address: number;
            /**
             * Format: int32
             * @description What it is, by table 5.
             */
            kind: number;
            /** @description That in Chinese; none for a maker's own number. */
            kind_zh?: string | null;
            /** @description That in English. */
            kind_en?: string | null;
            /**
             * Format: int32
             * @description Its address within the system.
             */
            address: number;
            /** @description Where it is, in the panel's words. */
            description: string;
            /** @description Where it is, in a person's words. */
            place?: string | null;
            /** @description Words of its state: `NORMAL`, `FIRE`, `FAULT`, `DISABLED`, `SUPERVISED`, `STARTED`, `FEEDBACK`, `DELAYED`, `POWER_FAULT`. */
            conditions: string[];
            /** @description Since when. */
            conditions_at: components["schemas"]["Moment"];
            /** @description Its last analog value in words. */
            reading?: string | null;
            reading_at?: components["schemas"]["Moment"] | null;
            /** @description Cameras that see its place, the best one first. */
            cameras: components["schemas"]["PlaceCamera"][];
        };
        /** @description A page of components. */
        ComponentPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Component"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description Where a component is. */
        ComponentPlace: {
            /** @description In words; empty: as the panel says. */
            place: string;
            /** @description Cameras of its unit that see the place, the best one first; at most 8. */
            camera_ids: string[];
        };
        /** @description One of the five conditions with its numbers. */
        ConditionCheck: {
            /** @description A word of `duty_conditions`. */
            condition: string;
            /** @description Whether it is met. */
            met: boolean;
            /**
             * Format: int64
             * @description What was counted.
             */
            numerator: number;
            /**
             * Format: int64
             * @description Of how many; 0: nothing was counted, which is never met.
             */
            denominator: number;
            /**
             * Format: int64
             * @description What is asked for, percent.
             */
            percent_min: number;
        };
        /** @description A consultation round. */
        Consultation: {
            /**
             * Format: int64
             * @description 1, 2, …
             */
            round: number;
            /**
             * Format: int64
             * @description The revision that is shown in it.
             */
            revision: number;
            /** @description Beginning. */
            opened_at: components["schemas"]["Moment"];
            /** @description End. */
            closes_at: components["schemas"]["Moment"];
            /** @description Who is asked; for a party only itself. */
            parties: components["schemas"]["ConsultationParty"][];
            /** @description Objections; for a party only its own. */
            objections: components["schemas"]["Objection"][];
        };
        /** @description A party of a round. */
        ConsultationParty: {
            /**
             * Format: uuid
             * @description The region asked.
             */
            region_id?: string | null;
            /**
             * Format: uuid
             * @description Or the unit asked.
             */
            unit_id?: string | null;
            /** @description Its name. */
            name: string;
            seen_at?: components["schemas"]["Moment"] | null;
            /** @description `agree` or `object`; none while it has not answered. */
            answer?: string | null;
        };
        /** @description A browser that the person is told in. */
        ContactBrowser: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description SHA-256 of its endpoint in hex, by which a browser knows itself in the list. */
            endpoint_sha256: string;
            /** @description What it called itself. */
            agent: string;
            /** @description Since when. */
            created_at: components["schemas"]["Moment"];
            last_told_at?: components["schemas"]["Moment"] | null;
        };
        /** @description Where the person is told. */
        Contacts: {
            /** @description Mail address. */
            mail?: string | null;
            /** @description True where the platform can send mail. */
            is_mail_on: boolean;
            /** @description The platform's public key that a browser subscribes with (`applicationServerKey`, base64url); null where web push is switched off. */
            push_key?: string | null;
            /** @description Browsers, newest first. */
            browsers: components["schemas"]["ContactBrowser"][];
        };
        /** @description A duty contract. */
        Contract: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description The parties' own number; empty: none. */
            number: string;
            /**
             * Format: uuid
             * @description The unit.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /** @description Its duty state now: what the register says beside what the parties say. */
            duty: string;
            /**
             * Format: uuid
             * @description The organisation.
             */
            organisation_id: string;
            /** @description Its name. */
            organisation_name: string;
            /** @description A word of `organisation_states`. */
            organisation_state: string;
            /** @description `unit` or `organisation`. */
            proposed_by: string;
            /** @description When. */
            proposed_at: components["schemas"]["Moment"];
            /** @description Who. */
            proposer: string;
            /** @description A word of `contract_states`. */
            state: string;
            /** @description From when it holds. */
            starts_at: components["schemas"]["Moment"];
            /** @description Until when. */
            ends_at: components["schemas"]["Moment"];
            /**
             * Format: uuid
             * @description The contract that it takes the place of.
             */
            replaces?: string | null;
            /**
             * Format: uuid
             * @description The contract that takes its place.
             */
            follower?: string | null;
            accepted_at?: components["schemas"]["Moment"] | null;
            over_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Counts changes; sent back with every event.
             */
            version: number;
            /** @description What the asker may do now, words of `contract_events`. */
            next: string[];
        };
        /** @description What covers a unit. */
        ContractCover: {
            /** @description Its contracts by their beginning. */
            contracts: components["schemas"]["Contract"][];
            /**
             * Format: int64
             * @description Minutes without a contract that held, from the first beginning until now; null where there was none yet.
             */
            uncovered_min?: number | null;
            ledger?: components["schemas"]["LedgerCover"] | null;
        };
        /** @description A file of a contract. */
        ContractDocument: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description What it was called. */
            file_name: string;
            /** @description `application/pdf`, `image/jpeg` or `image/png`. */
            content_type: string;
            /**
             * Format: int64
             * @description How large.
             */
            size_bytes: number;
            /** @description SHA-256 of its bytes, hex. */
            sha256: string;
            /** @description Who added it. */
            by: string;
            /** @description When. */
            at: components["schemas"]["Moment"];
        };
        /** @description A step with a contract. */
        ContractEventRequest: {
            /** @description `accept`, `decline`, `withdraw` or `terminate`. */
            event: string;
            /**
             * Format: int64
             * @description The version that was looked at.
             */
            version: number;
            /** @description Why; needed to decline and to terminate. */
            reason?: string | null;
        };
        /** @description A signed contract. */
        ContractForm: {
            /**
             * Format: binary
             * @description A PDF, JPEG or PNG file of at most 20 MiB.
             */
            file: string;
        };
        /** @description Something that happened to a contract. */
        ContractMoment: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description A word of `contract_events`; null: it was proposed. */
            event?: string | null;
            /** @description The state after it. */
            to: string;
            /** @description Who; null: the platform. */
            by?: string | null;
            /** @description Why. */
            reason?: string | null;
        };
        /** @description A page of duty contracts. */
        ContractPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Contract"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A copy to be checked. */
        CopyForm: {
            /**
             * Format: binary
             * @description A .docx, .pdf, .txt, .xlsx or sealed .json file of at most 20 MB.
             */
            file: string;
        };
        /** @description Days of a roster to repeat. */
        CopyRoster: {
            /** @description The first day to read, YYYY-MM-DD. */
            from: string;
            /**
             * Format: int32
             * @description How many days, 1 to 35.
             */
            days: number;
            /** @description The day that the first one becomes. */
            to: string;
        };
        /** @description The answer about a copy. */
        CopyVerdict: {
            /** @description `genuine`, `altered`, `unknown` or `unreadable`. */
            verdict: string;
            bulletin?: components["schemas"]["VerifiedBulletin"] | null;
            signature?: components["schemas"]["SignatureCheck"] | null;
            /** @description What differs. */
            differences: components["schemas"]["DifferenceView"][];
            /** @description In a sentence, in Chinese. */
            message_zh: string;
            /** @description The same in English. */
            message_en: string;
        };
        /** @description A correction. */
        Correction: {
            /**
             * Format: int32
             * @description The first minute.
             */
            from: number;
            /**
             * Format: int32
             * @description How many.
             */
            minutes: number;
            /** @description What they are worth since, a word of `minute_states`. */
            to: string;
            /** @description What they were worth before: `from`, `minutes`, `state` of each run. */
            old: unknown;
            /** @description Who. */
            by: string;
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Why. */
            reason: string;
        };
        /** @description What a day comes to. */
        Coverage: {
            /** @description YYYY-MM-DD. */
            day: string;
            /** @description Whether the day is closed. */
            closed: boolean;
            /**
             * Format: int64
             * @description Units in the ledger, in the asker's reach.
             */
            units: number;
            /** @description Minutes of these units. */
            totals: components["schemas"]["LedgerTotals"];
            /** @description Organisation by organisation. */
            organisations: components["schemas"]["OrganisationCoverage"][];
        };
        /** @description A new account and the link by which its person signs in first. */
        CreatedUser: {
            /** @description The account. */
            user: components["schemas"]["User"];
            /** @description The secret part of the link. */
            one_time_token: string;
            /** @description When the link stops working. */
            expires_at: components["schemas"]["Moment"];
        };
        /** @description What the platform measures of one criterion. */
        CriterionFinding: {
            /** @description A word of `criteria`. */
            criterion: string;
            /**
             * Format: int32
             * @description What there is; null where a person has to look.
             */
            measured?: number | null;
            /**
             * Format: int32
             * @description What is asked.
             */
            needed: number;
            /** @description Whether the figures meet it. */
            met?: boolean | null;
        };
        /** @description A round from preset to preset. */
        Cruise: {
            /**
             * Format: int32
             * @description Its number.
             */
            number: number;
            /** @description Its name. */
            name?: string | null;
        };
        /** @description A stop of a round. */
        CruiseStop: {
            /**
             * Format: int32
             * @description The preset.
             */
            preset: number;
            /**
             * Format: int32
             * @description Seconds to stay.
             */
            stay_s?: number | null;
            /**
             * Format: int32
             * @description Speed on the way, as the device counts it.
             */
            speed?: number | null;
        };
        /** @description A certificate: what was deleted of one camera from one disk. */
        Deletion: {
            /**
             * Format: int64
             * @description Its number.
             */
            seq: number;
            /**
             * Format: uuid
             * @description The unit it was recorded at.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /**
             * Format: uuid
             * @description Of which camera.
             */
            camera_id: string;
            /** @description Its name. */
            camera_name: string;
            /**
             * Format: uuid
             * @description Where it lay.
             */
            disk_id: string;
            /** @description Beginning of the first file. */
            from: components["schemas"]["Moment"];
            /** @description End of the last. */
            to: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description How many files.
             */
            segments: number;
            /**
             * Format: int64
             * @description Their size.
             */
            size_bytes: number;
            /** @description `ceiling`, `quota`, `operator`. */
            why: string;
            /** @description They went before the law lets them. */
            below_floor: boolean;
            /** @description Who; none: the platform. */
            deleted_by?: string | null;
            /** @description What they wrote. */
            note?: string | null;
            /** @description When it was decided. */
            decided_at: components["schemas"]["Moment"];
            removed_at?: components["schemas"]["Moment"] | null;
        };
        /** @description What a deletion by hand did. */
        DeletionDone: {
            /**
             * Format: int64
             * @description Files that went.
             */
            segments: number;
        };
        /** @description A stretch to delete. */
        DeletionOrder: {
            /** @description Beginning. */
            from: string;
            /** @description End. */
            to: string;
            /** @description Why. */
            note: string;
        };
        /** @description A page of certificates of deletion. */
        DeletionPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Deletion"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        DetectionBox: [
            number,
            number,
            number,
            number,
            string
        ];
        /** @description A device with what is known of it now. */
        Device: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description Unit it belongs to.
             */
            unit_id: string;
            /** @description Name of the unit. */
            unit_name: string;
            /** @description The 20 digits it registers under. */
            gb_id: string;
            /** @description Name for people. */
            name: string;
            /** @description State now. */
            state: string;
            /** @description How it showed that it is offline. */
            reason?: string | null;
            state_since?: components["schemas"]["Moment"] | null;
            /** @description Manufacturer, as it says. */
            maker?: string | null;
            /** @description Model, as it says. */
            model?: string | null;
            /** @description Version of its firmware, as it says. */
            firmware?: string | null;
            registration?: components["schemas"]["DeviceRegistration"] | null;
            /**
             * Format: int64
             * @description Channels present; none before its first catalogue.
             */
            channels?: number | null;
            catalogue_at?: components["schemas"]["Moment"] | null;
            /** @description Whether all parts of that catalogue came. */
            catalogue_complete: boolean;
            /** @description Whether it has a secret; without one it cannot register. */
            has_secret: boolean;
            /** @description Switched off: it may not register. */
            disabled: boolean;
            /** @description True for a simulated device. */
            simulated: boolean;
            /** @description When it was entered. */
            created_at: components["schemas"]["Moment"];
            /** @description Changed habits. */
            habits: components["schemas"]["DeviceHabits"];
        };
        /** @description An alarm point of a device. */
        DeviceAlarmPoint: {
            /** @description Its digits, as sent. */
            gb_id: string;
            /** @description `armed`, `disarmed` or `alarm`. */
            duty?: string | null;
        };
        /** @description One line of a device's table of alarms. */
        DeviceAlarmRule: {
            /** @description `AlarmMethod` that it holds for; absent: any. */
            method?: string | null;
            /** @description `AlarmType` that it holds for; absent: any, empty: none sent. */
            alarm_type?: string | null;
            /**
             * Format: int32
             * @description Digits 11 to 13 of the reporting id; absent: any.
             */
            point_type?: number | null;
            /** @description Words of which the alarm has at least one; none: any. */
            words?: string[];
            /** @description An alarm code, or `ignored`. */
            meaning: string;
        };
        /** @description How a device says that it is; an absent field was not told. */
        DeviceCondition: {
            /** @description Whether it counts itself as online. */
            online?: boolean | null;
            /** @description Whether it works. */
            works?: boolean | null;
            /** @description Why it does not. */
            reason?: string | null;
            /** @description Whether it encodes. */
            encodes?: boolean | null;
            /** @description Whether it records. */
            records?: boolean | null;
            clock?: components["schemas"]["Moment"] | null;
            /** @description Its alarm points. */
            points: components["schemas"]["DeviceAlarmPoint"][];
        };
        /** @description Devices in the asker's reach, by state. */
        DeviceCounts: {
            /**
             * Format: int64
             * @description Registered and alive.
             */
            online: number;
            /**
             * Format: int64
             * @description Gone.
             */
            offline: number;
            /**
             * Format: int64
             * @description Registering with a wrong secret.
             */
            unauthorised: number;
            /**
             * Format: int64
             * @description Never registered.
             */
            never_seen: number;
            /**
             * Format: int64
             * @description Switched off by a person.
             */
            disabled: number;
        };
        /** @description Changed habits of a device; an absent field is as its edition, maker and model have it. */
        DeviceHabits: {
            /** @description `gb2312`, `gb18030` or `utf8`: characters of what is sent to it. */
            charset?: string | null;
            /** @description `udp`, `tcp_device_connects` or `tcp_platform_connects`: how media come. */
            media?: string | null;
            /** @description Whether packets with another SSRC than agreed are dropped. */
            ssrc_checked?: boolean | null;
            /** @description `stream_number`, `stream`, `stream_profile`, `stream_mode` or `no`: how the sub-stream is asked for. */
            sub_stream?: string | null;
            /** @description `main` or `sub`: which stream of its channels is asked for live. */
            live_stream?: string | null;
            /** @description `presence`, `plain` or `with_id`: `Event:` of subscriptions for the catalogue. */
            catalogue_event?: string | null;
            /** @description The same for alarms. */
            alarm_event?: string | null;
            /** @description Whether it is told the time when it registers. */
            time_sync?: boolean | null;
            /**
             * Format: int32
             * @description Seconds between its signs of life.
             */
            keepalive_s?: number | null;
            /**
             * Format: int32
             * @description How many of them may be missed.
             */
            keepalive_misses?: number | null;
            /** @description Whether its address may change without a registration. */
            roaming?: boolean | null;
            /**
             * Format: int32
             * @description Longest span, in hours, for which it is asked for recordings at once.
             */
            record_window_h?: number | null;
            /** @description Whether catalogue and alarms are subscribed to. */
            subscribes?: boolean | null;
            /**
             * Format: int32
             * @description Seconds between its reports of where it is, where it is asked for them.
             */
            position_s?: number | null;
            /** @description The node it is sent to when it registers here: `server id@host:port`. */
            redirect?: string | null;
            /** @description What its alarms mean, before the common rules. */
            alarm_rules?: components["schemas"]["DeviceAlarmRule"][];
        };
        /** @description What an import of devices did, or would do. */
        DeviceImport: {
            /** @description Rows understood. */
            accepted: number;
            /** @description True when they were written. */
            applied: boolean;
            /** @description Bad cells; when there are any, nothing was written. */
            errors: components["schemas"]["ImportError"][];
            /** @description Bad cells beyond those listed. */
            errors_not_listed: number;
            /** @description Headers that mean nothing here and were passed over. */
            ignored_columns: string[];
            /** @description Secrets that the platform made; they are never shown again. */
            secrets: components["schemas"]["DeviceSecret"][];
        };
        /** @description The form of an import. */
        DeviceImportForm: {
            /**
             * Format: binary
             * @description A .csv or .xlsx file.
             */
            file: string;
        };
        /** @description Something a device reported. */
        DeviceNotice: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description The device; it may be removed since.
             */
            device_id: string;
            /** @description Its name. */
            device_name: string;
            /**
             * Format: uuid
             * @description The unit it belonged to.
             */
            unit_id: string;
            /** @description Name of the unit. */
            unit_name: string;
            /** @description The channel or alarm input it is about. */
            channel_gb_id?: string | null;
            /** @description The command, e.g. `Alarm`. */
            command: string;
            at?: components["schemas"]["Moment"] | null;
            /** @description When it came. */
            received_at: components["schemas"]["Moment"];
            /** @description `AlarmPriority` as sent. */
            priority?: string | null;
            /** @description `AlarmMethod` as sent. */
            method?: string | null;
            /** @description `AlarmType` as sent. */
            alarm_type?: string | null;
            /** @description `AlarmDescription` as sent. */
            description?: string | null;
            /** @description The message; shorter than `raw_size_bytes` where it was cut. */
            raw: string;
            /**
             * Format: int64
             * @description Size of the message as it came, in bytes.
             */
            raw_size_bytes: number;
            /** @description What it means: an alarm code, or `ignored`; none where nobody has said. */
            kind?: string | null;
            /**
             * Format: uuid
             * @description The alarm it became or joined.
             */
            alarm_id?: string | null;
            /** @description Whether its point stays silent until a person resets it. */
            needs_reset: boolean;
            reset_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: uuid
             * @description Who reset it.
             */
            reset_by?: string | null;
        };
        /** @description A page of what devices reported. */
        DeviceNoticePage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["DeviceNotice"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description An order to a device. */
        DeviceOrder: {
            /** @enum {string} */
            order: "restart";
        } | {
            /** @enum {string} */
            order: "guard_set";
        } | {
            /** @enum {string} */
            order: "guard_reset";
        } | {
            /** @enum {string} */
            order: "catalogue";
        } | {
            /**
             * Format: int32
             * @description Its number; 0 for all.
             */
            card: number;
            /** @enum {string} */
            order: "format_card";
        };
        /** @description A page of devices. */
        DevicePage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Device"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description Basic parameters of a device; an absent one was not told, or stays as it is. */
        DeviceParameters: {
            /** @description What it calls itself, 1 to 64 characters. */
            name?: string | null;
            /**
             * Format: int32
             * @description Seconds for which it registers, 3600 to 604800.
             */
            expires_s?: number | null;
            /**
             * Format: int32
             * @description Seconds between its signs of life, 5 to 3600.
             */
            keepalive_s?: number | null;
            /**
             * Format: int32
             * @description How many of them may be missed, 1 to 20.
             */
            keepalive_misses?: number | null;
        };
        /** @description Changes to a device; an absent field stays as it is. */
        DevicePatch: {
            /**
             * Format: uuid
             * @description Unit it belongs to.
             */
            unit_id?: string | null;
            /** @description Name for people. */
            name?: string | null;
            /** @description New secret; empty: the platform makes one and shows it once. */
            secret?: string | null;
            habits?: components["schemas"]["DeviceHabits"] | null;
            /** @description Switched off. */
            disabled?: boolean | null;
        };
        /** @description Where a device last said it was. */
        DevicePlace: {
            position?: components["schemas"]["DevicePosition"] | null;
        };
        /** @description A position of a device. */
        DevicePosition: {
            at?: components["schemas"]["Moment"] | null;
            /**
             * Format: double
             * @description WGS-84, degrees east.
             */
            longitude_deg: number;
            /**
             * Format: double
             * @description WGS-84, degrees north.
             */
            latitude_deg: number;
            /**
             * Format: double
             * @description Kilometres an hour.
             */
            speed_kmh?: number | null;
        };
        /** @description Where a device registered from and until when that holds. */
        DeviceRegistration: {
            /** @description Address and port its packets come from. */
            address: string;
            /** @description `udp` or `tcp`. */
            transport: string;
            /** @description `X-GB-Ver` as sent: `1.0` 2011, `2.0` 2016, `3.0` 2022. */
            version?: string | null;
            /** @description When it registered last. */
            registered_at: components["schemas"]["Moment"];
            /** @description Until when that holds. */
            expires_at: components["schemas"]["Moment"];
        };
        /** @description A secret that the platform made for an imported device. */
        DeviceSecret: {
            /** @description The device's 20 digits. */
            gb_id: string;
            /** @description Its name. */
            name: string;
            /** @description Its secret. */
            secret: string;
        };
        /** @description A device and the secret that the platform made for it. */
        DeviceWithSecret: {
            /** @description The device. */
            device: components["schemas"]["Device"];
            /** @description The secret, where the platform made it; it is never shown again. */
            secret?: string | null;
        };
        /** @description The diagnosis of a device. */
        Diagnosis: {
            /** @description Step by step, from the first packet to a picture. */
            steps: components["schemas"]["DiagnosisStep"][];
            /** @description What had to be forgiven the device. */
            forgiven: components["schemas"]["Forgiven"][];
            /** @description Its last messages without secrets, the oldest first. */
            trace: components["schemas"]["TraceLine"][];
        };
        /** @description What was found about one step. */
        DiagnosisStep: {
            /** @description `entered`, `heard`, `digest`, `registered`, `subscribed`, `catalogue`, `placed`, `call`, `media` or `pictures`. */
            step: string;
            /** @description `good`, `warning`, `bad` or `unknown`. */
            state: string;
            /** @description What was found, in Chinese. */
            finding_zh: string;
            /** @description The same in English. */
            finding_en: string;
            /** @description What to do, in Chinese; empty where nothing is to be done. */
            advice_zh: string;
            /** @description The same in English. */
            advice_en: string;
        };
        /** @description Every closed word list. */
        Dictionary: components["schemas"]["OrganisationWords"] & components["schemas"]["DutyWords"] & components["schemas"]["LedgerWords"] & components["schemas"]["RollCallWords"] & {
            /** @description 类别 */
            categories: components["schemas"]["CategoryWord"][];
            /** @description 告警编码 */
            alarm_codes: components["schemas"]["AlarmCodeWord"][];
            /** @description 场所 */
            place_types: components["schemas"]["PlaceTypeWord"][];
            /** @description 误报原因 */
            false_alarm_reasons: components["schemas"]["Word"][];
            /** @description 接入状态 */
            connection_states: components["schemas"]["Word"][];
            /** @description 值守状态 */
            duty_states: components["schemas"]["Word"][];
            /** @description How far units have come onto the platform. */
            onboarding_stages: components["schemas"]["Word"][];
            /** @description 告警状态 */
            alarm_states: components["schemas"]["Word"][];
            /** @description 通报督办类别 */
            notice_kinds: components["schemas"]["Word"][];
            /** @description 通报督办状态 */
            notice_states: components["schemas"]["Word"][];
            /** @description 通报督办步骤 */
            notice_events: components["schemas"]["Word"][];
            /** @description 摄像机状态 */
            camera_states: components["schemas"]["Word"][];
            /** @description 设备状态 */
            device_states: components["schemas"]["Word"][];
            /** @description 设备离线原因 */
            device_reasons: components["schemas"]["Word"][];
            /** @description 上级平台状态 */
            upper_states: components["schemas"]["Word"][];
            /** @description 上级平台注册不成的原因 */
            upper_troubles: components["schemas"]["Word"][];
            /** @description 信令传输 */
            transports: components["schemas"]["Word"][];
            /** @description 通道状态 */
            channel_states: components["schemas"]["Word"][];
            /** @description 角色 */
            roles: components["schemas"]["Word"][];
            /** @description 时限 */
            clocks: components["schemas"]["ClockWord"][];
            /** @description 指标 */
            measures: components["schemas"]["Word"][];
            /** @description 数据来源 */
            provenances: components["schemas"]["Word"][];
            /** @description 底册变更方向 */
            register_change_kinds: components["schemas"]["Word"][];
            /** @description 底册变更原因 */
            register_change_reasons: components["schemas"]["Word"][];
            /** @description 底册变更状态 */
            register_change_states: components["schemas"]["Word"][];
            /** @description 两个快照之间的变化 */
            differences: components["schemas"]["Word"][];
            /** @description 录像缺口原因 */
            gap_causes: components["schemas"]["Word"][];
            /** @description 调阅方式 */
            lookup_kinds: components["schemas"]["Word"][];
            /** @description 调阅事由 */
            lookup_reasons: components["schemas"]["ReasonWord"][];
            /** @description 录像保存档次 */
            retention_classes: components["schemas"]["Word"][];
            /** @description 保存期限依据 */
            floor_bases: components["schemas"]["Word"][];
            /** @description 录像删除原因 */
            deletion_whys: components["schemas"]["Word"][];
            /** @description 录像磁盘状态 */
            disk_states: components["schemas"]["Word"][];
            /** @description 对象存储收什么 */
            bucket_takes: components["schemas"]["Word"][];
            /** @description 录像导出状态 */
            export_states: components["schemas"]["Word"][];
            /** @description 区域类型 */
            zone_kinds: components["schemas"]["ZoneKindWord"][];
            /** @description 光照方式 */
            lights: components["schemas"]["Word"][];
            /** @description 规则静默状态 */
            quarantine_states: components["schemas"]["Word"][];
            /** @description 规则静默依据 */
            quarantine_grounds: components["schemas"]["Word"][];
            /** @description 计划静默状态 */
            silence_states: components["schemas"]["Word"][];
            /** @description 日期类别 */
            day_kinds: components["schemas"]["Word"][];
            /** @description 告知时段 */
            applies: components["schemas"]["Word"][];
            /** @description 告警链路环节 */
            watchdog_stages: components["schemas"]["Word"][];
        };
        /** @description Something that is not as it was sealed. */
        DifferenceView: {
            /** @description Figure of the text; none for words and annexes. */
            figure_id?: string | null;
            /** @description What it is, in Chinese. */
            label: string;
            /** @description As sealed. */
            original: string;
            /** @description As the copy has it; empty where it is missing. */
            found: string;
            /**
             * Format: int32
             * @description Line of the copy's text, from 1.
             */
            line?: number | null;
        };
        /** @description A step that somebody at a seat did. */
        DoDrillStep: {
            /** @description A word of `drill_steps`. */
            step: string;
        };
        /** @description A drill. */
        Drill: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description A word of `drill_kinds`. */
            kind: string;
            /** @description A word of `drill_states`. */
            state: string;
            /**
             * Format: uuid
             * @description In which room.
             */
            room_id: string;
            /** @description Its name. */
            room_name: string;
            /** @description Whose people sit there. */
            organisation_name: string;
            /**
             * Format: uuid
             * @description Where the made-up alarm is said to be.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /**
             * Format: uuid
             * @description The camera that is said to see it.
             */
            camera_id?: string | null;
            /** @description Its name. */
            camera_name?: string | null;
            /** @description What is made up. */
            code: string;
            /** @description Where in the unit. */
            place: string;
            /** @description Who is told beforehand. */
            knows: string;
            /** @description True for one that a lot decided. */
            by_lot: boolean;
            /** @description Who planned it. */
            planned_by?: string | null;
            /** @description When it begins or was to begin. */
            begins_at: components["schemas"]["Moment"];
            begun_at?: components["schemas"]["Moment"] | null;
            ended_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int32
             * @description Points of 100 in halves, 0 to 200; null unless it was held.
             */
            half_points?: number | null;
            /** @description Why it was called off. */
            why?: string | null;
        };
        /** @description A drill with its steps. */
        DrillDetail: {
            /** @description The drill. */
            drill: components["schemas"]["Drill"];
            /** @description The steps of the script; empty before it has begun. */
            steps: components["schemas"]["DrillStepScore"][];
        };
        /** @description A month's lot. */
        DrillLot: {
            /** @description Its first day. */
            month: string;
            /** @description When it was committed to. */
            committed_at: components["schemas"]["Moment"];
            /** @description SHA-256 in hex of `watchfire-drill-month/1`, `month …` and `seed …`, each on a line. */
            commitment: string;
            /** @description The seed in hex; null until the month is over. */
            seed?: string | null;
        };
        /** @description Who drilled in a month, and who did not. */
        DrillMonth: {
            /** @description Its first day. */
            month: string;
            /**
             * Format: int32
             * @description Rooms with a scripted drill held.
             */
            scripted: number;
            /**
             * Format: int32
             * @description Rooms with a double-blind drill held.
             */
            double_blind: number;
            /** @description Every room that was open in it. */
            rows: components["schemas"]["DrillMonthRow"][];
        };
        /** @description A room of the monthly list. */
        DrillMonthRow: {
            /**
             * Format: uuid
             * @description Which room.
             */
            room_id: string;
            /** @description Its name. */
            room_name: string;
            /** @description Whose people sit there. */
            organisation_name: string;
            /** @description Where it stands. */
            unit_name: string;
            /** @description In which region. */
            region_name: string;
            scripted?: components["schemas"]["MonthlyDrill"] | null;
            double_blind?: components["schemas"]["MonthlyDrill"] | null;
        };
        /** @description A page of drills. */
        DrillPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Drill"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A standing plan: each duty room of a region is drilled double-blind once a month, at a moment that a lot decides. */
        DrillPlan: {
            /**
             * Format: uuid
             * @description Which region.
             */
            region_id: string;
            /** @description Its name. */
            region_name: string;
            /** @description What is made up. */
            code: string;
            /** @description Who is told beforehand. */
            knows: string;
            /** @description Since when. */
            changed_at: components["schemas"]["Moment"];
        };
        /** @description A step of a drill with its stopwatch. */
        DrillStepScore: {
            /** @description A word of `drill_steps`. */
            step: string;
            /**
             * Format: int32
             * @description Seconds from the beginning within which it is in time.
             */
            within_s: number;
            /**
             * Format: int64
             * @description Milliseconds from the beginning; null where it was left out.
             */
            after_ms?: number | null;
            /**
             * Format: int32
             * @description Points in halves.
             */
            half_points: number;
            /**
             * Format: int32
             * @description Most of them.
             */
            half_points_max: number;
            /** @description Who did it. */
            guard_name?: string | null;
        };
        /** @description The duty in force when an alarm rang. */
        DutyAtAlarm: {
            /** @description YYYY-MM-DD, in Beijing. */
            day: string;
            /**
             * Format: int32
             * @description The minute of that day, 0 to 1439.
             */
            minute: number;
            run?: components["schemas"]["LedgerRun"] | null;
            /** @description Whether the minute can be judged yet. */
            known: boolean;
            /** @description Whether the day is closed. */
            closed: boolean;
        };
        /** @description The record of two hours. */
        DutyRecord: {
            /** @description From when. */
            starts_at: components["schemas"]["Moment"];
            /** @description Until when. */
            ends_at: components["schemas"]["Moment"];
            /** @description A word of `record_states`. */
            state: string;
            signed?: components["schemas"]["Signed"] | null;
            /** @description What the system filled in. */
            sheet: Record<string, never>;
            /** @description What the person wrote. */
            remark?: string | null;
        };
        /** @description A report. */
        DutyReport: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description `daily`, `weekly`, `alarm` (the sheet of an alarm) or `incident` (the report of a fire). */
            kind: string;
            /** @description Title. */
            title: string;
            /**
             * Format: uuid
             * @description Of which organisation; null: of a region.
             */
            organisation_id?: string | null;
            /** @description From when. */
            starts_at: components["schemas"]["Moment"];
            /** @description Until when. */
            ends_at: components["schemas"]["Moment"];
            /** @description When it was made. */
            made_at: components["schemas"]["Moment"];
            /** @description By whom; null: the platform. */
            made_by?: string | null;
            /** @description SHA-256 of the sealed content, hex. */
            digest: string;
            /** @description Which key signed it; its public half is in the list of keys. */
            key_id: string;
            /** @description The signature over the purpose and the digest, base64. */
            signature: string;
        };
        /** @description A page of reports of duty. */
        DutyReportPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["DutyReport"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description One room's roll-call. */
        DutyRollCall: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description Asked together with.
             */
            round_id: string;
            /** @description A word of `roll_call_origins`. */
            origin: string;
            /**
             * Format: uuid
             * @description Which room.
             */
            room_id: string;
            /** @description Its name. */
            room_name: string;
            /**
             * Format: uuid
             * @description Whose people sit there.
             */
            organisation_id: string;
            /** @description Its name. */
            organisation_name: string;
            /**
             * Format: uuid
             * @description Where the room stood.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /** @description A word of `duty_roll_call_states`. */
            state: string;
            /** @description When it was asked. */
            asked_at: components["schemas"]["Moment"];
            /** @description Until when an answer is in time. */
            deadline_at: components["schemas"]["Moment"];
            planned_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: uuid
             * @description The call before, of those asked again.
             */
            previous_id?: string | null;
            held_up_at?: components["schemas"]["Moment"] | null;
            answered_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int32
             * @description Milliseconds from the question to the answer.
             */
            answered_after_ms?: number | null;
            /** @description Who answered. */
            guard_name?: string | null;
            device_at?: components["schemas"]["Moment"] | null;
            /** @description A word of `code_verdicts`; null: no code card was seen, or no camera of the room runs here. */
            code_verdict?: string | null;
            code_seen_at?: components["schemas"]["Moment"] | null;
            again_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: uuid
             * @description The alarm that it is.
             */
            alarm_id?: string | null;
        };
        /** @description One roll-call with its pictures. */
        DutyRollCallDetail: {
            /** @description As it stands. */
            call: components["schemas"]["DutyRollCall"];
            /** @description Its pictures. */
            pictures: components["schemas"]["RollCallPicture"][];
        };
        /** @description A page of roll-calls of duty rooms. */
        DutyRollCallPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["DutyRollCall"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A duty room. */
        DutyRoom: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name. */
            name: string;
            /** @description A word of `room_kinds`. */
            kind: string;
            /**
             * Format: uuid
             * @description Whose people sit there.
             */
            organisation_id: string;
            /** @description Name of that organisation. */
            organisation_name: string;
            /**
             * Format: uuid
             * @description The unit or duty site where it stands.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /**
             * Format: uuid
             * @description The region where that lies.
             */
            region_id: string;
            /**
             * Format: int32
             * @description People who have to be there at once.
             */
            people: number;
            /** @description By which rule, a word of `legal_bases`. */
            basis: string;
            /**
             * Format: int32
             * @description Quiet time of its seats, seconds.
             */
            quiet_s: number;
            /** @description The cameras that see it. */
            cameras: string[];
            /**
             * Format: int32
             * @description Seats bound to it.
             */
            seats: number;
            /**
             * Format: int32
             * @description People on post now.
             */
            on_post: number;
            /** @description Since when. */
            opened_at: components["schemas"]["Moment"];
            closed_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Counts changes; sent back with every change.
             */
            version: number;
            /** @description Invented for a demonstration. */
            synthetic: boolean;
        };
        /** @description Changes of a room; what is absent stays. */
        DutyRoomEdit: {
            /** @description Name. */
            name?: string | null;
            /**
             * Format: int32
             * @description Quiet time of its seats, 180 to 720 seconds.
             */
            quiet_s?: number | null;
            /** @description The cameras that see it. */
            cameras?: string[] | null;
            /**
             * Format: int64
             * @description The version that was looked at.
             */
            version: number;
        };
        /** @description A page of duty rooms. */
        DutyRoomPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["DutyRoom"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description Whether a unit has 24-hour duty. */
        DutyStanding: {
            /**
             * Format: uuid
             * @description The unit.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /** @description Its county, where it belongs to one. */
            county_name?: string | null;
            /** @description What the register says, a word of `duty_states`. */
            duty: string;
            /** @description What follows from the ledger, a word of `duty_states`; null: the ledger does not reach back seven days yet, or there is no registered room. */
            state?: string | null;
            /**
             * Format: int32
             * @description Closed days that were counted, seven at most.
             */
            days: number;
            /** @description The five conditions. */
            conditions: components["schemas"]["ConditionCheck"][];
            /**
             * Format: int32
             * @description Suspicions of feigned duty that stand.
             */
            standing_suspicions: number;
            /**
             * Format: int32
             * @description Minutes in a row without proof, up to now.
             */
            unproven_run: number;
            /** @description When it was counted. */
            computed_at: components["schemas"]["Moment"];
        };
        /** @description A page of units with the five conditions of effective duty. */
        DutyStandingPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["DutyStanding"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description Words of duty rooms and rosters. */
        DutyWords: {
            /** @description 值班室类型 */
            room_kinds: components["schemas"]["Word"][];
            /** @description 在岗人数依据 */
            legal_bases: components["schemas"]["Word"][];
            /** @description 排班问题 */
            roster_problems: components["schemas"]["Word"][];
            /** @description 警醒计时 */
            vigilance_states: components["schemas"]["Word"][];
            /** @description 交接班 */
            handover_states: components["schemas"]["Word"][];
            /** @description 两小时记录 */
            record_states: components["schemas"]["Word"][];
            /** @description 演练类型 */
            drill_kinds: components["schemas"]["Word"][];
            /** @description 演练状态 */
            drill_states: components["schemas"]["Word"][];
            /** @description 演练步骤 */
            drill_steps: components["schemas"]["Word"][];
        };
        /** @description An alarm that climbed to the asker's office. */
        Escalation: {
            /** @description As it stands. */
            alarm: components["schemas"]["Alarm"];
            /** @description The rung. */
            rung: string;
            /** @description The clock that ran out. */
            clock: string;
            /** @description When the clock began to run. */
            since: components["schemas"]["Moment"];
            /** @description When the office was told first. */
            told_at: components["schemas"]["Moment"];
            /**
             * Format: int32
             * @description How often it was told.
             */
            rounds: number;
            /** @description True where an acknowledgement is asked for. */
            owes_receipt: boolean;
            receipt?: components["schemas"]["LadderReceipt"] | null;
        };
        /** @description A page of alarms that climbed to an office. */
        EscalationPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Escalation"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description What is done to the pictures of an export. Altered copies are coded anew as H.264; evidence is not altered. */
        ExportAlteration: {
            /**
             * @description Name of who takes it along, and when, all over the pictures.
             * @default false
             */
            watermark: boolean;
            /**
             * @description Everything is hidden that does not belong to the empty room, whose picture is the median of the film: somebody who does not move for
             *     more than half of it is not hidden. Sound is left out.
             * @default false
             */
            hide_people: boolean;
            /**
             * @description Areas that are hidden from beginning to end, 16 at most.
             * @default []
             */
            hidden_areas: components["schemas"]["HiddenArea"][];
        };
        /** @description Something that a fire facility told. */
        FacilityEvent: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description The device that told it; it may be removed since.
             */
            transmitter_id: string;
            /** @description Its name. */
            transmitter_name: string;
            /**
             * Format: uuid
             * @description The unit it belonged to.
             */
            unit_id: string;
            /** @description Name of the unit. */
            unit_name: string;
            /**
             * Format: uuid
             * @description The component it is about.
             */
            component_id?: string | null;
            /** @description What that is, in Chinese. */
            component_zh?: string | null;
            /** @description What that is, in English. */
            component_en?: string | null;
            /** @description Where that is. */
            place?: string | null;
            /** @description What was told, e.g. `fire`, `fault`, `reset`, `silence`, `answer`. */
            kind: string;
            /** @description That in Chinese. */
            kind_zh: string;
            /** @description That in English. */
            kind_en: string;
            /**
             * Format: int32
             * @description Number of the operator, where somebody did it.
             */
            operator?: number | null;
            /** @description More about it. */
            detail?: string | null;
            /** @description When it happened. */
            occurred_at: components["schemas"]["Moment"];
            /** @description When it came. */
            received_at: components["schemas"]["Moment"];
            /**
             * Format: uuid
             * @description The alarm it became, joined or cleared.
             */
            alarm_id?: string | null;
        };
        /** @description A page of what fire facilities told. */
        FacilityEventPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["FacilityEvent"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description One field that cannot be accepted. */
        FieldProblem: {
            /** @description Field as named in the request. */
            field: string;
            /** @description Stable code. */
            code: string;
            /** @description Sentence for a person. */
            message: string;
        };
        /** @description One category of a table. */
        FigureRow: {
            /** @description Category. */
            category: string;
            /** @description Whole province, or the whole city. */
            total: components["schemas"]["Cell"];
            /** @description By region, official order: cities of the province, or counties of the city. */
            cities: components["schemas"]["CityCell"][];
            /** @description Units that belong to none of them: those of the province, or of the city itself. */
            outside_cities: components["schemas"]["Cell"];
        };
        /** @description A table of one measure. */
        Figures: {
            /** @description Where it comes from. */
            snapshot: components["schemas"]["Snapshot"];
            since?: components["schemas"]["Snapshot"] | null;
            /** @description The measure. */
            measure: string;
            /** @description `city` or `county`. */
            by: string;
            /**
             * Format: uuid
             * @description The city whose counties are the columns.
             */
            region_id?: string | null;
            /** @description What the measure means, in Chinese. */
            definition_zh: string;
            /** @description The same in English. */
            definition_en: string;
            /** @description The categories that carry figures. */
            rows: components["schemas"]["FigureRow"][];
            /** @description All categories, whole province or city. */
            total: components["schemas"]["Cell"];
            /** @description All categories by region. */
            by_city_total: components["schemas"]["CityCell"][];
            /** @description All categories, units that belong to none of the regions. */
            outside_cities: components["schemas"]["Cell"];
        };
        /** @description Something the checks found. */
        Finding: {
            /** @description `L1` to `L18`. */
            rule: string;
            /**
             * Format: int32
             * @description Line, from 1.
             */
            line: number;
            /**
             * Format: int32
             * @description Paragraph, from 1.
             */
            paragraph: number;
            /** @description `error`, `warning` or `style`. */
            severity: string;
            /** @description The printed figures involved. */
            figures: string[];
            /** @description The proof. */
            arithmetic: string;
            /** @description What is wrong, in Chinese. */
            message: string;
            /** @description What is wrong, in English. */
            message_en: string;
            /** @description What to do, in Chinese. */
            suggestion: string;
            /** @description Other lines to look at. */
            related_lines: number[];
        };
        /** @description The prompt to call the fire brigade. */
        FirePrompt: {
            /** @description `119`. */
            number: string;
            /** @description What to say, sentence by sentence, in Chinese. */
            say: string[];
            called_at?: components["schemas"]["Moment"] | null;
            /** @description Who. */
            called_by?: string | null;
            /** @description An announced drill: nobody calls. */
            drill: boolean;
        };
        /** @description What the present rate would lead to; arithmetic, not a promise. */
        Forecast: {
            /** @description Deadline of the category, where it has one: a day in Beijing. */
            deadline?: string | null;
            /** @description Percentage at the end of that day; none where it has passed. */
            at_deadline_percent_text?: string | null;
            /** @description The day on which the last unit would be counted; none: never at this rate. */
            complete_on?: string | null;
            /** @description What the forecast rests on, in Chinese. */
            basis: string;
        };
        /** @description A departure from the standard that was forgiven. */
        Forgiven: {
            /** @description Which. */
            name: string;
            /**
             * Format: int32
             * @description How often.
             */
            count: number;
        };
        /** @description A page of units as a snapshot froze them. */
        FrozenUnitPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["FrozenUnitRow"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A unit as a snapshot froze it. */
        FrozenUnitRow: components["schemas"]["UnitRow"] & {
            /** @description Where its states come from. */
            provenance: components["schemas"]["UnitProvenance"];
            connected_since?: components["schemas"]["Moment"] | null;
            duty_since?: components["schemas"]["Moment"] | null;
        };
        /** @description A gap with where it was. */
        Gap: {
            /**
             * Format: uuid
             * @description The unit that the camera belonged to.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /**
             * Format: uuid
             * @description Which camera.
             */
            camera_id: string;
            /** @description Its name. */
            camera_name: string;
            /** @description Beginning. */
            from: components["schemas"]["Moment"];
            /** @description End. */
            to: components["schemas"]["Moment"];
            /** @description Why, for most of it. */
            cause: string;
        };
        /** @description A page of gaps. */
        GapPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Gap"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A handover between two shifts. */
        Handover: {
            /** @description When the shifts change. */
            due_at: components["schemas"]["Moment"];
            /** @description A word of `handover_states`. */
            state: string;
            /** @description Who leaves. */
            leaving: string[];
            /** @description Who comes. */
            coming: string[];
            given?: components["schemas"]["Signed"] | null;
            taken?: components["schemas"]["Signed"] | null;
            /** @description What the system filled in. */
            sheet: Record<string, never>;
            /** @description What the people wrote. */
            remark?: string | null;
        };
        /** @description How many people a region asks for. */
        HeadCount: {
            /**
             * Format: uuid
             * @description The region.
             */
            region_id: string;
            /** @description A word of `room_kinds`. */
            kind: string;
            /**
             * Format: int32
             * @description People at once.
             */
            people: number;
            /** @description A word of `legal_bases`. */
            basis: string;
            /** @description Title and clause of the document. */
            document: string;
        };
        /** @description Where a head goes when it has rested for a while. */
        HeadHome: {
            /** @description Whether it does. */
            enabled: boolean;
            /**
             * Format: int32
             * @description After how many seconds.
             */
            after_s?: number | null;
            /**
             * Format: int32
             * @description To which preset.
             */
            preset?: number | null;
        };
        /** @description Where a head looks; an absent field was not told. */
        HeadPosition: {
            /**
             * Format: double
             * @description Degrees, 0 to 360.
             */
            pan_deg?: number | null;
            /**
             * Format: double
             * @description Degrees, −30 to 90.
             */
            tilt_deg?: number | null;
            /**
             * Format: double
             * @description Times.
             */
            zoom?: number | null;
            /**
             * Format: double
             * @description Width of what is seen, degrees.
             */
            width_deg?: number | null;
            /**
             * Format: double
             * @description Height of what is seen, degrees.
             */
            height_deg?: number | null;
        };
        /** @description That the server answers. */
        Health: {
            /** @description Always `ok`. */
            status: string;
            /** @description Version of the program. */
            version: string;
            /** @description True for a demonstration with simulated schools. */
            demo: boolean;
        };
        /** @description A rectangle of a picture in thousandths of its width and height, from the upper left corner. */
        HiddenArea: {
            /**
             * Format: int32
             * @description Left edge.
             */
            left_permille: number;
            /**
             * Format: int32
             * @description Upper edge.
             */
            top_permille: number;
            /**
             * Format: int32
             * @description Width, above 0.
             */
            width_permille: number;
            /**
             * Format: int32
             * @description Height, above 0.
             */
            height_permille: number;
        };
        /** @description One cell of a spreadsheet that cannot be accepted. */
        ImportError: {
            /**
             * Format: int32
             * @description Row as the spreadsheet program numbers it.
             */
            row: number;
            /** @description Column. */
            column: string;
            /** @description What stands there. */
            value: string;
            /** @description Stable code. */
            reason_code: string;
            /** @description What is wrong and what is expected. */
            message: string;
        };
        /** @description The form of an import. */
        ImportForm: {
            /**
             * Format: binary
             * @description A .csv or .xlsx file.
             */
            file: string;
        };
        /** @description What an import did, or would do. */
        ImportOutcome: {
            /** @description Rows understood. */
            accepted: number;
            /** @description Units that are new. */
            created: number;
            /** @description Units that change. */
            updated: number;
            /** @description Units that stay as they are. */
            unchanged: number;
            /** @description Bad cells; when there are any, nothing was written. */
            errors: components["schemas"]["ImportError"][];
            /** @description Bad cells beyond those listed. */
            errors_not_listed: number;
            /** @description Headers that mean nothing here and were passed over. */
            ignored_columns: string[];
            /** @description True when the rows were written. */
            applied: boolean;
            /** @description Units proposed for the register of units that should connect; they count once somebody else approves. */
            proposed: number;
            /**
             * Format: int64
             * @description The first version of that register, where this import made it.
             */
            register_version?: number | null;
        };
        /** @description Something in the inbox. */
        InboxEntry: {
            /** @description `consultation`: a draft to answer; `bulletin`: one to read. */
            kind: string;
            /**
             * Format: uuid
             * @description The bulletin.
             */
            bulletin_id: string;
            /** @description Its title. */
            title: string;
            /** @description When it came. */
            at: components["schemas"]["Moment"];
            read_at?: components["schemas"]["Moment"] | null;
            due_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A page of an inbox. */
        InboxPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["InboxEntry"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A confirmed fire and its report. */
        Incident: {
            /** @description The fire. */
            alarm: components["schemas"]["Alarm"];
            /** @description Until when the report is due. */
            due_at: components["schemas"]["Moment"];
            /** @description `owed`, `drafted` or `submitted`. */
            state: string;
            /** @description True where it was not handed in by then, or handed in later. */
            late: boolean;
            submitted_at?: components["schemas"]["Moment"] | null;
            /** @description By whom. */
            submitted_by?: string | null;
            /**
             * Format: uuid
             * @description The sealed paper; its document is under `/api/duty/reports/{id}/document`.
             */
            report_id?: string | null;
            /**
             * Format: uuid
             * @description The alarm that rang because it was late.
             */
            late_alarm_id?: string | null;
            /**
             * Format: int64
             * @description Counts changes; sent back with every writing.
             */
            version: number;
        };
        /** @description One report with its form. */
        IncidentDetail: {
            /** @description The fire and how far its report has come. */
            incident: components["schemas"]["Incident"];
            /** @description The form: as it was kept, or filled in from rows. */
            form: components["schemas"]["IncidentForm"];
            /** @description True where the asker may write on it. */
            may_write: boolean;
        };
        /** @description The answers of the form; each of words at most 2000 characters, each number of people at most 100000. */
        IncidentForm: {
            /** @description Where exactly. */
            place: string;
            /** @description What was seen. */
            seen: string;
            /** @description What burned, and why as far as is known. */
            cause: string;
            /** @description What was done. */
            measures: string;
            /** @description Who was told, by whom, when. */
            told: string;
            /** @description What was lost. */
            damage: string;
            /**
             * Format: int32
             * @description People hurt.
             */
            injured: number;
            /**
             * Format: int32
             * @description People dead.
             */
            dead: number;
            /**
             * Format: int32
             * @description People led out.
             */
            evacuated: number;
        };
        /** @description A page of confirmed fires and their reports. */
        IncidentPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Incident"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A form to be kept or handed in. */
        IncidentRequest: {
            /** @description `save` or `submit`. */
            event: string;
            /**
             * Format: int64
             * @description The version the person was looking at.
             */
            version: number;
            /** @description The answers. */
            form: components["schemas"]["IncidentForm"];
        };
        /** @description What a person judges of one criterion. */
        JudgementRequest: {
            /** @description A word of `criteria`. */
            criterion: string;
            /** @description Whether it is met. */
            passed: boolean;
            /** @description Why; needed where it is not met, or against the figures. */
            remark?: string | null;
        };
        /** @description An acknowledgement. */
        LadderReceipt: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Who. */
            by: string;
            /** @description What they wrote. */
            note?: string | null;
        };
        /** @description One run of a clock. */
        LadderRun: {
            /** @description `take`, `verify`, `arrive` or `handle`. */
            clock: string;
            /** @description When it began. */
            since: components["schemas"]["Moment"];
            /** @description True while nobody has done what it waits for. */
            is_running: boolean;
            stopped_at?: components["schemas"]["Moment"] | null;
            /** @description Rungs from the bottom up. */
            rungs: components["schemas"]["LadderStep"][];
        };
        /** @description One rung of a run. */
        LadderStep: {
            /** @description `duty_guard`, `unit`, `county`, `city` or `province`: people of this role. */
            rung: string;
            due_at?: components["schemas"]["Moment"] | null;
            /** @description `always`, `in_hours` or `out_of_hours`: when it is told. */
            applies: string;
            next_at?: components["schemas"]["Moment"] | null;
            told_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int32
             * @description How often it was told.
             */
            rounds: number;
            /** @description True where the rung was found empty: nobody has such an account there. */
            is_vacant: boolean;
            /** @description True where an acknowledgement is asked for. */
            owes_receipt: boolean;
            receipt?: components["schemas"]["LadderReceipt"] | null;
            /** @description Who was told, by which channel, with what result. */
            notified: components["schemas"]["Notification"][];
        };
        /** @description What the ledger says of the time since the first contract began. */
        LedgerCover: {
            /**
             * Format: int32
             * @description Days that it holds, the one that runs too; 90 at most.
             */
            days: number;
            /**
             * Format: int32
             * @description Their minutes without a contract in force.
             */
            uncovered_min: number;
        };
        /** @description A day that is closed for everybody. */
        LedgerDay: {
            /** @description YYYY-MM-DD. */
            day: string;
            /**
             * Format: int32
             * @description Units whose day was closed.
             */
            units: number;
            /**
             * Format: int32
             * @description Rooms whose day was closed.
             */
            rooms: number;
            /** @description SHA-256 over the day before and all units, hex. */
            digest: string;
            /** @description When. */
            closed_at: components["schemas"]["Moment"];
        };
        /** @description What is wrong with a unit's day. */
        LedgerFault: {
            /**
             * Format: uuid
             * @description The unit.
             */
            unit_id: string;
            /**
             * Format: int32
             * @description The edition of its day.
             */
            edition: number;
            /** @description What. */
            message: string;
        };
        /** @description What checking a day brought. */
        LedgerProof: {
            /** @description The day. */
            day: components["schemas"]["LedgerDay"];
            /**
             * Format: int32
             * @description Links that were computed again.
             */
            links: number;
            /** @description Whether everything follows from what is kept. */
            right: boolean;
            /** @description What does not, the first of them. */
            faults: components["schemas"]["LedgerFault"][];
        };
        /** @description Minutes in a row that are worth the same. */
        LedgerRun: {
            /**
             * Format: int32
             * @description The first minute of the Beijing day, 0 to 1439.
             */
            from: number;
            /**
             * Format: int32
             * @description How many.
             */
            minutes: number;
            /** @description A word of `minute_states`. */
            state: string;
            /** @description Whether somebody said that there was duty. */
            claimed: boolean;
        };
        /** @description What minutes come to. */
        LedgerTotals: {
            /**
             * Format: int64
             * @description In which there had to be duty.
             */
            required: number;
            /**
             * Format: int64
             * @description Of these, proved.
             */
            proven: number;
            /**
             * Format: int64
             * @description Of the proved ones, at the seat alone.
             */
            at_seat: number;
            /**
             * Format: int64
             * @description Of the required ones, exempted by plan.
             */
            exempt: number;
            /**
             * Format: int64
             * @description Of the required ones, those of which somebody said that there was duty.
             */
            claimed: number;
            /**
             * Format: int64
             * @description Of the claimed ones, those for which the opposite was seen.
             */
            contradicted: number;
        };
        /** @description Words of the ledger of duty. */
        LedgerWords: {
            /** @description 分钟状态 */
            minute_states: components["schemas"]["Word"][];
            /** @description 值守有效条件 */
            duty_conditions: components["schemas"]["Word"][];
            /** @description 疑似虚假值班类型 */
            tricks: components["schemas"]["Word"][];
            /** @description 疑点依据 */
            evidences: components["schemas"]["Word"][];
            /** @description 疑点状态 */
            suspicion_states: components["schemas"]["Word"][];
            /** @description 疑点办理 */
            suspicion_events: components["schemas"]["Word"][];
        };
        /** @description Open alarms of one level. */
        LevelCount: {
            /**
             * Format: int32
             * @description Level, 1 to 4.
             */
            level: number;
            /**
             * Format: int64
             * @description Open alarms.
             */
            open: number;
        };
        /** @description The answer of the linter. */
        LintReport: {
            /** @description What is wrong. */
            findings: components["schemas"]["Finding"][];
            /** @description What was not read. */
            unread: components["schemas"]["UnreadNumber"][];
            /** @description How much was read: paragraphs, counts, percents, lists, dates, regions. */
            read: Record<string, never>;
            /** @description The text, line by line. */
            lines: string[];
            /** @description What the reader of the file mended or left out, in English. */
            notes: string[];
        };
        /** @description Signing in by name and password. */
        LogIn: {
            /** @description Name. */
            login_name: string;
            /** @description Password. */
            password: string;
        };
        /** @description A row of the register, with the names of its moment. */
        Lookup: {
            /**
             * Format: int64
             * @description Number in the register.
             */
            seq: number;
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Who. */
            actor: components["schemas"]["Actor"];
            /**
             * Format: uuid
             * @description At which unit.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /**
             * Format: uuid
             * @description Of which camera; none: a channel of a device that is no camera, named in the note.
             */
            camera_id?: string | null;
            /** @description Its name. */
            camera_name?: string | null;
            /** @description `search`, `playback`, `export`, `clip`. */
            kind: string;
            /** @description Why. */
            reason: string;
            /** @description Said in words. */
            note?: string | null;
            /** @description Beginning of what was looked at. */
            from: components["schemas"]["Moment"];
            /** @description Its end. */
            to: components["schemas"]["Moment"];
            /** @description Where from. */
            address?: string | null;
            /**
             * Format: uuid
             * @description The alarm it was about.
             */
            alarm_id?: string | null;
            /**
             * Format: uuid
             * @description The export.
             */
            export_id?: string | null;
            /** @description SHA-256 of the export's list of files. */
            export_sha256?: string | null;
        };
        /** @description The look is granted. */
        LookupGrant: {
            /**
             * Format: int64
             * @description Number in the register.
             */
            lookup: number;
            /** @description To be named as `grant` when looking; holds for this account, camera, time and kind. */
            grant: string;
            /** @description When it ends. */
            until: components["schemas"]["Moment"];
        };
        /** @description A page of the register of look-ups. */
        LookupPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Lookup"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description The id of what was made. */
        Made: {
            /** Format: uuid */
            id: string;
        };
        /** @description A mail address to be told by. */
        MailContact: {
            /** @description The address; null takes it away. */
            mail?: string | null;
        };
        /** @description The signed-in person, what the person may do, and until when. */
        Me: {
            /** @description Who. */
            user: components["schemas"]["Person"];
            /** @description Everything the role may do. */
            capabilities: string[];
            /** @description Until when. */
            session: components["schemas"]["SessionInfo"];
            /** @description True for a demonstration with simulated schools. */
            demo: boolean;
        };
        /** @description A memory card. */
        MemoryCard: {
            /**
             * Format: int32
             * @description Its number.
             */
            number: number;
            /** @description Its name. */
            name?: string | null;
            /** @description `ok`, `formatting`, `unformatted`, `idle`, `error`, or what the device says instead. */
            state?: string | null;
            /**
             * Format: int32
             * @description Per cent, while it is being formatted.
             */
            formatted_percent?: number | null;
            /**
             * Format: int64
             * @description Megabytes.
             */
            capacity_mb?: number | null;
            /**
             * Format: int64
             * @description Megabytes.
             */
            free_mb?: number | null;
        };
        /** @description A deadline and how far it has been met. */
        Milestone: {
            /** @description Title of the document that sets it. */
            document: string;
            /** @description Where in the document. */
            clause?: string | null;
            /** @description Category it binds. */
            category: string;
            /** @description Last day in time, in Beijing. */
            due: string;
            /**
             * Format: int64
             * @description Days since; negative while there is time left.
             */
            overdue_days: number;
            /**
             * Format: int64
             * @description Units that should connect.
             */
            units: number;
            /**
             * Format: int64
             * @description Of these, not connected.
             */
            not_connected: number;
        };
        /** Format: date-time */
        Moment: string;
        /** @description The score of a month with everything it follows from. */
        MonthScore: {
            /** @description YYYY-MM. */
            month: string;
            /** @description The rules of this figure. */
            rules: string;
            /** @description The rules that are in force. */
            rules_now: string;
            /**
             * Format: int32
             * @description Hundredths of a point.
             */
            hundredths: number;
            /**
             * Format: int32
             * @description What confirmed findings take away.
             */
            taken_away: number;
            /**
             * Format: int32
             * @description What each of them takes away.
             */
            per_finding: number;
            /**
             * Format: int64
             * @description Minutes of a room that planned exemptions take out of a month at most.
             */
            excused_minutes_max: number;
            /** @description The parts. */
            parts: components["schemas"]["ScorePart"][];
            /** @description How many rows were counted. */
            rows: components["schemas"]["ScoreRows"];
            /** @description SHA-256 of the file, hex. */
            digest: string;
            kept_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A drill of the monthly list. */
        MonthlyDrill: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description A word of `drill_states`. */
            state: string;
            /** @description When it began or is to begin. */
            begins_at: components["schemas"]["Moment"];
            /**
             * Format: int32
             * @description Points in halves; null unless it was held.
             */
            half_points?: number | null;
        };
        /** @description An alarm reported by a person. */
        NewAlarm: {
            /**
             * Format: uuid
             * @description Where.
             */
            unit_id: string;
            /**
             * Format: uuid
             * @description Seen on this camera.
             */
            camera_id?: string | null;
            /** @description What, e.g. `F02`. */
            code: string;
            /** @description In the person's words. */
            note: string;
            /** @description When it happened; none: now. */
            occurred_at?: string | null;
        };
        /** @description An application for the register, as a stranger writes it. */
        NewApplication: {
            /** @description Registered name, 1 to 100 characters. */
            name: string;
            /** @description Unified social credit code; blanks and small letters are forgiven. */
            credit_code: string;
            /**
             * Format: uuid
             * @description Where it would sit: one of the lowest regions.
             */
            region_id: string;
            /** @description Address of its duty premises. */
            address: string;
            /**
             * Format: int32
             * @description Their floor, m².
             */
            premises_m2: number;
            /** @description How the office reaches it. */
            phone: string;
            /**
             * Format: int32
             * @description Units it can serve.
             */
            units_max: number;
            /** @description Who answers for it, 1 to 40 characters. */
            leader_name: string;
        };
        /** @description An approval to give. */
        NewApproval: {
            /**
             * Format: int64
             * @description The version that was read.
             */
            version: number;
            /** @description Why errors of the linter or open objections are passed over; kept on record. */
            override_reason?: string | null;
        };
        /** @description A bulletin to write. */
        NewBulletin: {
            /** @description Id of a snapshot, or `latest`. */
            snapshot_id: string;
            /** @description Id of an earlier snapshot that changes are counted from. */
            compare_snapshot_id?: string | null;
            /** @description What the office decides; absent fields keep their defaults (`GET /api/bulletins/settings`). */
            settings?: Record<string, never> | null;
        };
        /** @description A camera to add. */
        NewCamera: {
            /**
             * Format: uuid
             * @description Unit it stands in.
             */
            unit_id: string;
            /** @description Name for people. */
            name: string;
            /** @description Where it looks. */
            place_type: string;
            /** @description `rtsp://host[:port]/path`; credentials inside are split off and sealed. */
            address: string;
            /** @description Address of the sub-stream, at the same host and without an account. */
            sub_address?: string | null;
            /** @description Where it answers ONVIF, at the same host, e.g. `192.168.1.64:8000`; absent: it is looked for there. */
            onvif_address?: string | null;
            /** @description Video account. */
            user_name?: string | null;
            /** @description Its password; never given out again. */
            password?: string | null;
            /** @description Whether the watch looks at it. */
            watch_enabled: boolean;
            /** @description Whether it is recorded; absent: as configured. */
            is_recorded?: boolean | null;
        };
        /** @description A census to open. */
        NewCensus: {
            /** @description What it is called, 1 to 100 characters. */
            title: string;
            /** @description What is asked. */
            note?: string | null;
            /** @description Until when answers are awaited, RFC 3339: in an hour to 180 days. */
            deadline_at: string;
        };
        /** @description How a channel becomes a camera. */
        NewChannelCamera: {
            /**
             * Format: uuid
             * @description The unit; absent: the device's.
             */
            unit_id?: string | null;
            /** @description The name; absent: the channel's own. */
            name?: string | null;
            /** @description Where it looks. */
            place_type: string;
            /** @description Whether the watch looks at it. */
            watch_enabled: boolean;
        };
        /** @description How all channels of a device become cameras, under their own names. */
        NewChannelCameras: {
            /**
             * Format: uuid
             * @description The unit; absent: the device's.
             */
            unit_id?: string | null;
            /** @description Where they look. */
            place_type: string;
            /** @description Whether the watch looks at them. */
            watch_enabled: boolean;
        };
        /** @description A round to open. */
        NewConsultation: {
            /**
             * Format: int32
             * @description How long the parties have; none: as configured.
             */
            hours?: number | null;
        };
        /** @description A contract that one side proposes. */
        NewContract: {
            /**
             * Format: uuid
             * @description The unit.
             */
            unit_id: string;
            /**
             * Format: uuid
             * @description The organisation.
             */
            organisation_id: string;
            /** @description The parties' own number. */
            number?: string | null;
            /** @description From when it holds. */
            starts_at: string;
            /** @description Until when, within five years. */
            ends_at: string;
            /**
             * Format: uuid
             * @description The contract with another organisation that it takes the place of.
             */
            replaces?: string | null;
        };
        /** @description A correction to make. */
        NewCorrection: {
            /** @description YYYY-MM-DD, a closed day. */
            day: string;
            /**
             * Format: int32
             * @description The first minute.
             */
            from: number;
            /**
             * Format: int32
             * @description How many.
             */
            minutes: number;
            /** @description What they are worth, a word of `minute_states`. */
            to: string;
            /** @description Why, with what it rests on. */
            reason: string;
            /** @description Corrections of that day that the person has seen. */
            known: number;
        };
        /** @description A device to enter. Whoever enters an id that knocks approves it. */
        NewDevice: {
            /**
             * Format: uuid
             * @description Unit it belongs to.
             */
            unit_id: string;
            /** @description Its 20 digits. */
            gb_id: string;
            /** @description Name for people. */
            name: string;
            /** @description What it must know, 8 to 64 characters; absent or empty: the platform makes one and shows it once. */
            secret?: string | null;
            /** @description Changed habits. */
            habits?: components["schemas"]["DeviceHabits"];
        };
        /** @description Drills to plan: the same in each of these rooms. */
        NewDrills: {
            /** @description A word of `drill_kinds`. */
            kind: string;
            /** @description In which rooms, 1 to 200. */
            rooms: string[];
            /**
             * Format: uuid
             * @description Where the made-up alarm is said to be; where each room stands when absent.
             */
            unit_id?: string | null;
            /**
             * Format: uuid
             * @description Seen by this camera of that unit.
             */
            camera_id?: string | null;
            /** @description What is made up: a code of level one. */
            code: string;
            /** @description Where in the unit. */
            place?: string | null;
            /** @description Who is told beforehand; needed for a double-blind drill. */
            knows?: string | null;
            /** @description When; now when absent. */
            begins_at?: string | null;
        };
        /** @description A report to make. */
        NewDutyReport: {
            /** @description `daily` or `weekly`. */
            kind: string;
            /**
             * Format: uuid
             * @description Of which organisation; a daily report needs one, an organisation names itself.
             */
            organisation_id?: string | null;
            /** @description The Beijing day on which a daily report begins, or the last one of a week. */
            day: string;
        };
        /** @description A room to open. */
        NewDutyRoom: {
            /** @description Name. */
            name: string;
            /** @description A word of `room_kinds`. */
            kind: string;
            /**
             * Format: uuid
             * @description Whose people sit there.
             */
            organisation_id: string;
            /**
             * Format: uuid
             * @description The unit where it stands; not for an organisation's own room, which gets a site.
             */
            unit_id?: string | null;
            /**
             * Format: int32
             * @description Quiet time of its seats, 180 to 720 seconds; 360 when absent.
             */
            quiet_s?: number | null;
        };
        /** @description A head-count to set. */
        NewHeadCount: {
            /**
             * Format: int32
             * @description People at once, 1 to 5.
             */
            people: number;
            /** @description A word of `legal_bases`. */
            basis: string;
            /** @description Title and clause of the document; needed for a provincial rule and for a stricter order. */
            document?: string | null;
        };
        /** @description What somebody is about to look at, and why. */
        NewLookup: {
            /**
             * Format: uuid
             * @description Of which camera.
             */
            camera_id: string;
            /** @description Beginning. */
            from: string;
            /** @description End, at most 31 days later. */
            to: string;
            /** @description `search` or `playback`; the latter allows the former too. */
            kind: string;
            /** @description Why, a word of the dictionary. */
            reason: string;
            /** @description Said in words; some reasons need it. */
            note?: string | null;
            /**
             * Format: uuid
             * @description The alarm that it is about.
             */
            alarm_id?: string | null;
        };
        /** @description What a person says that a notice means. */
        NewNoticeMeaning: {
            /** @description An alarm code, or `ignored`. */
            kind: string;
            /** @description Whether the device's notices of this sort mean the same from now on. */
            from_now_on: boolean;
        };
        /** @description Notices to be written. One of `alarm_ids`, `unit_ids` and `organisation_ids` is given. */
        NewNotices: {
            /**
             * Format: uuid
             * @description Chosen by the asker: the same act, asked for again, is done once.
             */
            batch_id: string;
            /** @description `reminder`, `notice` or `supervision`. */
            kind: string;
            /** @description These alarms, at most 2000, one notice for each party that answers for some. */
            alarm_ids?: string[];
            /** @description Every overdue alarm of these units, at most 200 units. */
            unit_ids?: string[];
            /** @description Every overdue alarm of the units that these organisations serve, at most 200 organisations. */
            organisation_ids?: string[];
            /** @description To whom: `unit`, `organisation` or `both`; none: to what was named. */
            to?: string | null;
            /**
             * Format: int32
             * @description With `unit_ids` or `organisation_ids`: only alarms with at least so many notices about them.
             */
            notices_min?: number;
            /** @description Until when the units sign or reply; none: as configured. */
            deadline_at?: string | null;
            /** @description In the sender's own words, at most 500 characters. */
            remark?: string | null;
            /** @description False to write drafts only. */
            send?: boolean;
        };
        /** @description An objection to raise. */
        NewObjection: {
            /** @description Figure of the text. */
            figure_id?: string | null;
            /**
             * Format: int32
             * @description Paragraph of the text, from 0.
             */
            paragraph?: number | null;
            /** @description What is wrong. */
            text: string;
            /** @description What proves it. */
            evidence_note?: string | null;
        };
        /** @description An act to be kept. */
        NewOrderAct: {
            /** @description What. */
            act: string;
            /** @description `remote` or `site`. */
            side: string;
            /** @description In the person's words, at most 2000 characters; a remark needs some. */
            words?: string | null;
        };
        /** @description An organisation to register. */
        NewOrganisation: {
            /** @description Registered name, 1 to 100 characters. */
            name: string;
            /** @description Unified social credit code; blanks and small letters are forgiven. */
            credit_code: string;
            /**
             * Format: uuid
             * @description Where it sits.
             */
            region_id: string;
            /** @description Address of its duty premises. */
            address: string;
            /**
             * Format: int32
             * @description Their floor, m².
             */
            premises_m2: number;
            /** @description How to reach it by day and night. */
            phone: string;
            /**
             * Format: int32
             * @description Units it can serve.
             */
            units_max: number;
        };
        /** @description A stretch to pin. */
        NewPin: {
            /**
             * Format: uuid
             * @description Of which camera.
             */
            camera_id: string;
            /** @description Beginning. */
            from: string;
            /** @description End, at most seven days later. */
            to: string;
            /** @description What it is evidence of. */
            reason: string;
            /**
             * Format: uuid
             * @description The alarm it belongs to.
             */
            alarm_id?: string | null;
            /** @description Until when it holds, at most three years. */
            keep_until: string;
        };
        /** @description An acknowledgement to be given. */
        NewReceipt: {
            /** @description In the person's words. */
            note?: string | null;
        };
        /** @description A bucket to enter. */
        NewRecordingBucket: {
            /** @description `http://` or `https://`, host and port of the service. */
            endpoint: string;
            /** @description Where requests are signed for; services of one's own mostly take `us-east-1`. */
            region: string;
            /** @description Its name; it is not made. */
            bucket: string;
            /** @description Where in it the disk lies; empty: at its top. */
            prefix?: string;
            /** @description The bucket stands in the path of requests and not before the host, as MinIO and Ceph want it. */
            path_style?: boolean;
            /** @description The access key. */
            access_key_id: string;
            /** @description Its secret; written and never read again. */
            secret: string;
            /** @description What is moved there, when and how fast. */
            rule: components["schemas"]["RecordingBucketRule"];
        };
        /** @description A disk to enter. */
        NewRecordingDisk: {
            /** @description Name for people. */
            name: string;
            /** @description Absolute path of a folder on it; absent of a bucket. */
            folder?: string | null;
            bucket?: components["schemas"]["NewRecordingBucket"] | null;
            /**
             * Format: int64
             * @description Most GiB of recordings.
             */
            quota_gib: number;
            /**
             * Format: int64
             * @description GiB that stay free of the file system; of no meaning for a bucket.
             */
            head_room_gib?: number;
        };
        /** @description What somebody wants to take along. */
        NewRecordingExport: {
            /** @description Beginning. */
            from: string;
            /** @description End, at most 24 hours later. */
            to: string;
            /** @description Why, a word of the dictionary. */
            reason: string;
            /** @description Said in words; some reasons need it. */
            note?: string | null;
            /** @description What is done to the pictures; absent or empty: nothing, they are as the camera sent them. */
            alteration?: components["schemas"]["ExportAlteration"];
        };
        /** @description A change to propose. */
        NewRegisterChange: {
            /**
             * Format: uuid
             * @description The unit.
             */
            unit_id: string;
            /** @description `add` or `remove`. */
            kind: string;
            /** @description `new` or `correction` to add; `merged`, `closed`, `correction` or `out_of_scope` to remove. */
            reason: string;
            /** @description In the proposer's words. */
            note?: string | null;
        };
        /** @description An answer to an objection. */
        NewReply: {
            /** @description Whether it is taken up. */
            accepted: boolean;
            /** @description In words. */
            text: string;
        };
        /** @description A roll-call to ask for. */
        NewRollCall: {
            /**
             * Format: int32
             * @description Minutes to answer, 1 to 255; 3 when absent.
             */
            minutes?: number | null;
        };
        /** @description An exemption that somebody asks for. */
        NewRollCallExemption: {
            /**
             * Format: uuid
             * @description Of which room.
             */
            room_id: string;
            /** @description When it begins; after now. */
            starts_at: string;
            /** @description When it ends, four hours later at most. */
            ends_at: string;
            /** @description Why, 1 to 500 characters. */
            reason: string;
        };
        /** @description Rooms to ask now. Without `rooms`, every open one in reach. */
        NewRollCallRound: {
            /** @description These rooms. */
            rooms?: string[];
            /**
             * Format: uuid
             * @description Rooms below this region.
             */
            region_id?: string | null;
            /**
             * Format: uuid
             * @description Rooms of this organisation.
             */
            organisation_id?: string | null;
            /**
             * Format: int32
             * @description So many of them, by lot.
             */
            sample_rooms?: number | null;
            /**
             * Format: int32
             * @description So many of a hundred of them, by lot.
             */
            sample_percent?: number | null;
            /**
             * Format: int32
             * @description Minutes to answer, 1 to 255; as usual when absent.
             */
            minutes?: number | null;
            /** @description Why, 1 to 500 characters. */
            reason: string;
        };
        /** @description A camera for an organisation's own room. */
        NewRoomCamera: {
            /** @description Name. */
            name: string;
            /** @description `rtsp://` address. */
            address: string;
            /** @description Account at the camera. */
            user_name?: string | null;
            /** @description Its password; kept encrypted and never answered. */
            password?: string | null;
        };
        /** @description A browser that wants to be bound. */
        NewSeat: {
            /** @description The code. */
            code: string;
            /** @description Public key on P-256, uncompressed point, base64url without padding. */
            public_key: string;
            /** @description Signature of the key over `watchfire-seat-pairing/1`, the code's digits and `public_key`, each ended by a line feed; base64url. */
            signature: string;
        };
        /** @description Asks for a code that binds a browser. */
        NewSeatCode: {
            /** @description Name of the seat to be. */
            name: string;
        };
        /** @description A shift to enter. */
        NewShift: {
            /**
             * Format: uuid
             * @description Who.
             */
            staff_id: string;
            /** @description From when, a whole minute. */
            starts_at: string;
            /** @description Until when, a whole minute. */
            ends_at: string;
        };
        /** @description Shifts to enter. */
        NewShifts: {
            /** @description The shifts; all are entered or none. */
            shifts: components["schemas"]["NewShift"][];
        };
        /** @description A silence that somebody asks for. */
        NewSilence: {
            /**
             * Format: uuid
             * @description At which unit.
             */
            unit_id: string;
            /**
             * Format: uuid
             * @description At which camera; absent: at the whole unit.
             */
            camera_id?: string | null;
            /** @description Which rule; absent: every one. */
            code?: string | null;
            /** @description Why, 1 to 500 characters. */
            reason: string;
            /** @description When it begins; may be past. */
            starts_at: string;
            /** @description When it ends, 7 days later at most. */
            ends_at: string;
        };
        /** @description A snapshot to freeze. */
        NewSnapshot: {
            /** @description The moment it shows; none: now. */
            as_of?: string | null;
            /** @description Alarms pushed from here until then are counted; none: from the first day of the month two months before, Beijing time. */
            alarms_from?: string | null;
            /** @description Note. */
            note?: string | null;
        };
        /** @description Somebody stands in. */
        NewStandIn: {
            /**
             * Format: uuid
             * @description Who has the shift.
             */
            from: string;
            /**
             * Format: uuid
             * @description Who takes over.
             */
            to: string;
            /** @description From when; what has not begun when absent. */
            starts_at?: string | null;
            /** @description Until when; to the end when absent. */
            ends_at?: string | null;
            /** @description Why. */
            reason: string;
        };
        /** @description A transmission device to enter. */
        NewTransmitter: {
            /**
             * Format: uuid
             * @description Unit it belongs to.
             */
            unit_id: string;
            /** @description Its address: 12 hexadecimal digits, high byte first. */
            address: string;
            /** @description Name for people. */
            name: string;
        };
        /** @description A platform above ours to enter. */
        NewUpperPlatform: {
            /** @description Name for people, 1 to 100 characters. */
            name: string;
            /** @description Its 20 digits. */
            server_gb_id: string;
            /** @description The domain of its addresses; the first ten of its digits when absent. */
            domain?: string | null;
            /** @description `host:port`. */
            address: string;
            /** @description `udp` or `tcp`. */
            transport: string;
            /** @description Our 20 digits towards it; the platform's own id when absent. */
            own_gb_id?: string | null;
            /** @description The name we prove ourselves under; our 20 digits when absent. */
            user_name?: string | null;
            /** @description The password that it gave us. */
            secret?: string | null;
            /**
             * Format: uuid
             * @description The region that it is shown; this or `unit_id`.
             */
            region_id?: string | null;
            /**
             * Format: uuid
             * @description The unit that it is shown; this or `region_id`.
             */
            unit_id?: string | null;
            /** @description What it may do. */
            shares: components["schemas"]["Shares"];
            /**
             * Format: int32
             * @description Who wins when two upper platforms turn one camera: the lower number, 1 to 255; 100 when absent.
             */
            ptz_priority?: number | null;
            /**
             * Format: int32
             * @description Seconds between signs of life, 5 to 300; 60 when absent.
             */
            keepalive_s?: number | null;
            /**
             * Format: int32
             * @description Life of a registration in seconds, 600 to 864000; 86400 when absent.
             */
            expires_s?: number | null;
        };
        /** @description An account to create. */
        NewUser: {
            /** @description Letters, digits, `.`, `_`, `-`. */
            login_name: string;
            /** @description Name for people. */
            display_name: string;
            /** @description Role. */
            role: string;
            /** @description `region` or `unit`. */
            scope_kind: string;
            /**
             * Format: uuid
             * @description Id of the region or unit.
             */
            scope_id: string;
        };
        /** @description An entry to open. */
        NewViolation: {
            /**
             * Format: uuid
             * @description Against whom.
             */
            organisation_id: string;
            /** @description A word of `violation_kinds`; feigned duty comes from suspicions alone. */
            kind: string;
            /** @description Of which stretch, RFC 3339. */
            from: string;
            /** @description Its end, at most 31 days later. */
            until: string;
            /**
             * Format: uuid
             * @description In one room alone.
             */
            room_id?: string | null;
            /**
             * Format: uuid
             * @description Whose certificate is false.
             */
            staff_id?: string | null;
            /** @description What is held against it. */
            words: string;
        };
        /** @description Something the asker may do to the alarm now. */
        NextAction: {
            /** @description Event to send. */
            event: string;
            /** @description Its key on the keyboard. */
            key: string;
        };
        /** @description What goes next of a camera. */
        NextDeletion: {
            /**
             * Format: uuid
             * @description The unit it was recorded at.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /**
             * Format: uuid
             * @description Of which camera.
             */
            camera_id: string;
            /** @description Its name. */
            camera_name: string;
            /** @description Beginning of the oldest file that is not pinned. */
            oldest_at: components["schemas"]["Moment"];
            /** @description From when on it may go for want of room. */
            may_go_at: components["schemas"]["Moment"];
            /** @description From when on it has to go. */
            goes_at: components["schemas"]["Moment"];
        };
        /** @description A page of what goes next. */
        NextDeletionPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["NextDeletion"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A notice. */
        Notice: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description `reminder`, `notice` or `supervision`. */
            kind: string;
            /** @description `drafted`, `sent`, `received`, `replied`, `returned`, `accepted`, `closed` or `withdrawn`. */
            state: string;
            /** @description Its number; null for a draft. */
            number?: string | null;
            /** @description `unit` or `organisation`. */
            party: string;
            /**
             * Format: uuid
             * @description The unit that answers; null for an organisation.
             */
            unit_id?: string | null;
            /**
             * Format: uuid
             * @description The organisation that answers; null for a unit.
             */
            organisation_id?: string | null;
            /** @description The party's name when the notice was written. */
            party_name: string;
            /** @description Its city now. */
            city?: string | null;
            /** @description Its county now. */
            county?: string | null;
            /** @description `county`, `city` or `province`. */
            issuer_level: string;
            /** @description Region of the office that sends it. */
            issuer_region: string;
            /** @description Who wrote it. */
            issuer: string;
            /**
             * Format: int64
             * @description How many notices the unit has had in the period, with this one.
             */
            nth: number;
            /**
             * Format: int64
             * @description Alarms that it is about.
             */
            alarms: number;
            /**
             * Format: int64
             * @description Of these, still open.
             */
            open_alarms: number;
            /**
             * Format: int64
             * @description Levels that were told and have not signed.
             */
            unsigned: number;
            /** @description Until when the unit signs or replies. */
            deadline_at: components["schemas"]["Moment"];
            /** @description True where the deadline has passed and the unit still owes something. */
            late: boolean;
            /** @description The level it climbed to: `city` or `province`. */
            escalated_to?: string | null;
            escalated_at?: components["schemas"]["Moment"] | null;
            /** @description When it was written. */
            created_at: components["schemas"]["Moment"];
            sent_at?: components["schemas"]["Moment"] | null;
            ended_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Counts changes; sent back with every step.
             */
            version: number;
        };
        /** @description Notices counted. */
        NoticeCounts: {
            /**
             * Format: int64
             * @description Something waits for people of the asker's level: a receipt, a reply, a review.
             */
            awaiting: number;
            /**
             * Format: int64
             * @description Not closed and not withdrawn.
             */
            open: number;
            /**
             * Format: int64
             * @description The deadline has passed and the unit still owes something.
             */
            late: number;
            /**
             * Format: int64
             * @description Climbed and not ended.
             */
            escalated: number;
            /**
             * Format: int64
             * @description Drafts of the asker's office.
             */
            drafted: number;
            /**
             * Format: int64
             * @description All in the asker's reach.
             */
            all: number;
        };
        /** @description One notice with its chain and everything that happened to it. */
        NoticeDetail: {
            /** @description The notice. */
            notice: components["schemas"]["Notice"];
            /** @description The text as sent; null for a draft. */
            body?: string | null;
            /** @description In the sender's own words. */
            remark?: string | null;
            period_from?: components["schemas"]["Moment"] | null;
            /** @description Its chain, from the sender down, then what it climbed to. */
            levels: components["schemas"]["NoticeLevel"][];
            /** @description Steps, oldest first. */
            steps: components["schemas"]["NoticeStep"][];
            /** @description What the asker may do now: words of the events. */
            next: string[];
            /** @description True where the asker's level was told and has not signed. */
            owes_receipt: boolean;
        };
        /** @description One level of the chain. */
        NoticeLevel: {
            /** @description `unit`, `county`, `city` or `province`. */
            rung: string;
            /** @description `party`, `relay` or `escalation`. */
            role: string;
            /** @description When it was told first. */
            told_at: components["schemas"]["Moment"];
            /** @description When last. */
            last_told_at: components["schemas"]["Moment"];
            /**
             * Format: int32
             * @description How often.
             */
            rounds: number;
            /** @description True where nobody has an account of this level there. */
            is_vacant: boolean;
            receipt?: components["schemas"]["LadderReceipt"] | null;
            /** @description Who was told, by which channel, with what result. */
            notified: components["schemas"]["Notification"][];
        };
        /** @description A page of notices. */
        NoticePage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Notice"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description What would come of it. */
        NoticePreview: {
            /** @description Parties in the order of their names. */
            parties: components["schemas"]["PreviewParty"][];
            /** @description Alarms that need no notice any more. */
            skipped: components["schemas"]["SkippedAlarm"][];
            /** @description The text to the first of the parties, without its number. */
            text?: string | null;
        };
        /** @description One step. */
        NoticeStep: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Word of the event; null for the writing of the draft. */
            event?: string | null;
            /** @description State after. */
            to: string;
            /** @description Who; null: the platform. */
            actor?: string | null;
            /** @description As what. */
            role?: string | null;
            /** @description The reply, or why. */
            words?: string | null;
        };
        /** @description A step to be taken. */
        NoticeStepRequest: {
            /** @description `send`, `sign`, `reply`, `accept`, `return`, `escalate` or `withdraw`. */
            event: string;
            /**
             * Format: int64
             * @description The version the person was looking at.
             */
            version: number;
            /** @description The reply (at most 4000 characters), or why it is returned or withdrawn (500). */
            words?: string | null;
            /** @description The new deadline of what is returned; none: as configured. */
            deadline_at?: string | null;
        };
        /** @description An alarm of a notice. */
        NoticedAlarm: {
            /** @description As it stands now. */
            alarm: components["schemas"]["Alarm"];
            /** @description The clock exceeded longest when the notice was written. */
            clock: string;
            /** @description When that clock ran out. */
            due_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description Notices about this alarm, with this one.
             */
            nth: number;
        };
        /** @description A page of alarms of a notice. */
        NoticedAlarmPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["NoticedAlarm"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description What came of it. */
        NoticesSent: {
            /** @description One for each unit. */
            notices: components["schemas"]["Notice"][];
            /** @description Alarms that need no notice any more. */
            skipped: components["schemas"]["SkippedAlarm"][];
        };
        /** @description One line of the notification log. */
        Notification: {
            /**
             * Format: int32
             * @description With which telling of the rung, from 1.
             */
            round: number;
            /** @description `in_app`, or the name of a channel. */
            channel: string;
            /** @description Name of the person, or of the channel's address. */
            recipient: string;
            /** @description `waiting`, `sent` or `given_up`. */
            state: string;
            sent_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int32
             * @description How often it was tried.
             */
            tries: number;
            /** @description What the other side answered, or what went wrong the last time. */
            answer?: string | null;
            seen_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A channel by which the outside is told of alarms. */
        NotificationChannel: {
            /** @description `webhook`, `wecom`, `dingtalk`, `feishu`, `sms`, `voice`, `mail`, `mqtt` or `web_push`. */
            name: string;
            /** @description Its addresses without secrets: a host, telephone numbers. */
            addresses: string[];
            /** @description True where it tells the people of a rung besides, at the contacts they entered. */
            tells_people: boolean;
            /** @description Rungs that are told by it. */
            rungs: string[];
            /**
             * Format: int64
             * @description Notifications that wait, counted up to 1000.
             */
            waiting: number;
            last_sent_at?: components["schemas"]["Moment"] | null;
            last_failed_at?: components["schemas"]["Moment"] | null;
            /** @description What was said of it. */
            last_failure?: string | null;
        };
        /** @description Every channel that is configured. */
        NotificationChannels: {
            /** @description In the order of the configuration. */
            items: components["schemas"]["NotificationChannel"][];
        };
        /** @description An objection. */
        Objection: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name of the person who wrote it. */
            by: string;
            /** @description Name of the party. */
            region: string;
            /** @description Figure of the text. */
            figure_id?: string | null;
            /**
             * Format: int64
             * @description Paragraph of the text, from 0.
             */
            paragraph?: number | null;
            /** @description In words. */
            text: string;
            /** @description What proves it. */
            evidence_note?: string | null;
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description The office's answer. */
            reply?: string | null;
            /** @description Whether it is taken up; none without an answer. */
            accepted?: boolean | null;
        };
        /** @description Signing in by a link that works once. */
        OneTime: {
            /** @description The secret part of the link. */
            token: string;
        };
        /** @description A link that signs its person in once; the page is `/#/enter/<token>`. */
        OneTimeLink: {
            /** @description The secret part. */
            one_time_token: string;
            /** @description When it stops working. */
            expires_at: components["schemas"]["Moment"];
        };
        /** @description The load of one operator. */
        OperatorLoad: {
            /**
             * Format: uuid
             * @description Who.
             */
            user_id: string;
            /** @description By what name. */
            display_name: string;
            /**
             * Format: int32
             * @description Alarms that called them within the window.
             */
            in_window: number;
            /**
             * Format: int32
             * @description In the last hour.
             */
            in_hour: number;
            /**
             * Format: int32
             * @description In the last day.
             */
            in_day: number;
            flooded_since?: components["schemas"]["Moment"] | null;
        };
        /** @description How much operators have to do. */
        OperatorLoads: {
            /**
             * Format: int64
             * @description Seconds in which alarms are counted.
             */
            window_s: number;
            /**
             * Format: int32
             * @description Alarms in that time that a person can work in the long run (EEMUA 191).
             */
            target: number;
            /**
             * Format: int32
             * @description More than this are a flood.
             */
            flood_above: number;
            /** @description The most loaded first. */
            items: components["schemas"]["OperatorLoad"][];
        };
        /** @description A stopwatch. */
        OrderStopwatch: {
            /** @description `found`, `warned`, `nearest`, `second`, `handled` or `closed`. */
            kind: string;
            /**
             * Format: int64
             * @description Its limit in seconds; null: none.
             */
            limit_s?: number | null;
            /** @description When it began. */
            started_at: components["schemas"]["Moment"];
            stopped_at?: components["schemas"]["Moment"] | null;
        };
        /** @description An organisation. */
        Organisation: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Registered name. */
            name: string;
            /** @description Unified social credit code. */
            credit_code: string;
            /**
             * Format: uuid
             * @description Where it sits.
             */
            region_id: string;
            /** @description Its name. */
            region_name: string;
            /** @description Address of its duty premises. */
            address: string;
            /**
             * Format: int32
             * @description Their floor, m².
             */
            premises_m2: number;
            /** @description How to reach it by day and night. */
            phone: string;
            /**
             * Format: int32
             * @description Units it says it can serve.
             */
            units_max: number;
            /** @description A word of `organisation_states`. */
            state: string;
            /**
             * Format: int64
             * @description Counts changes; sent back with every event.
             */
            version: number;
            rectify_by?: components["schemas"]["Moment"] | null;
            /** @description When it was registered. */
            registered_at: components["schemas"]["Moment"];
            /**
             * Format: int32
             * @description People on its list.
             */
            people: number;
            /**
             * Format: int32
             * @description Contracts that run.
             */
            running: number;
            /**
             * Format: int32
             * @description Contracts accepted and not begun.
             */
            accepted: number;
            /** @description True for invented rows of a demonstration. */
            synthetic: boolean;
            /** @description What the asker may decide now, words of `organisation_events`. */
            next: string[];
        };
        /** @description What the rooms of an organisation come to on a day. */
        OrganisationCoverage: {
            /**
             * Format: uuid
             * @description The organisation.
             */
            id: string;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description How many rooms.
             */
            rooms: number;
            /** @description Minutes of these rooms. */
            totals: components["schemas"]["LedgerTotals"];
            /**
             * Format: int64
             * @description Minutes in which their cameras showed them.
             */
            camera: number;
        };
        /** @description Facts of an organisation written anew. */
        OrganisationEdit: {
            /** @description Address of its duty premises. */
            address: string;
            /**
             * Format: int32
             * @description Their floor, m².
             */
            premises_m2: number;
            /** @description How to reach it by day and night. */
            phone: string;
            /**
             * Format: int32
             * @description Units it can serve.
             */
            units_max: number;
            /**
             * Format: int64
             * @description The version that was looked at.
             */
            version: number;
        };
        /** @description A decision about an organisation. */
        OrganisationEventRequest: {
            /** @description A word of `organisation_events`. */
            event: string;
            /**
             * Format: int64
             * @description The version that was looked at.
             */
            version: number;
            /** @description Why; may be absent with an approval and a restoring. */
            reason?: string | null;
            /** @description With an order to rectify: when it is looked at again, within 90 days. */
            rectify_by?: string | null;
        };
        /** @description An organisation with what is behind it. */
        OrganisationFile: {
            /** @description As it stands. */
            organisation: components["schemas"]["Organisation"];
            /** @description What happened; empty for whoever may not look behind it. */
            history: components["schemas"]["OrganisationMoment"][];
            /** @description What the platform measures; null for whoever may not look behind it. */
            findings?: components["schemas"]["CriterionFinding"][] | null;
            /**
             * Format: int32
             * @description People on shifts whose certificate counts; null likewise.
             */
            qualified?: number | null;
        };
        /** @description Something that happened to an organisation. */
        OrganisationMoment: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description A word of `organisation_events`; null: it was registered. */
            event?: string | null;
            /** @description The state after it. */
            to: string;
            /** @description Who; null: the platform. */
            by?: string | null;
            /** @description Why. */
            reason?: string | null;
        };
        /** @description A page of organisations. */
        OrganisationPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Organisation"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A kept score. */
        OrganisationScore: {
            /**
             * Format: uuid
             * @description Whose.
             */
            organisation_id: string;
            /** @description Its name. */
            organisation_name: string;
            /** @description YYYY-MM. */
            month: string;
            /** @description By which rules it was counted. */
            rules: string;
            /**
             * Format: int32
             * @description Hundredths of a point, 0 to 10 000.
             */
            hundredths: number;
            /** @description SHA-256 of the file it follows from, hex. */
            digest: string;
            /** @description When it was kept. */
            kept_at: components["schemas"]["Moment"];
        };
        /** @description Words of organisations and duty contracts. */
        OrganisationWords: {
            /** @description 值守机构状态 */
            organisation_states: components["schemas"]["Word"][];
            /** @description 对值守机构的处理 */
            organisation_events: components["schemas"]["Word"][];
            /** @description 排查条件 */
            criteria: components["schemas"]["Word"][];
            /** @description 岗位 */
            posts: components["schemas"]["Word"][];
            /** @description 证书等级 */
            certificate_levels: components["schemas"]["Word"][];
            /** @description 证书方向 */
            certificate_directions: components["schemas"]["Word"][];
            /** @description 证书查验结果 */
            certificate_queries: components["schemas"]["Word"][];
            /** @description 证书状态 */
            certificate_standings: components["schemas"]["Word"][];
            /** @description 值守合同状态 */
            contract_states: components["schemas"]["Word"][];
            /** @description 值守合同办理 */
            contract_events: components["schemas"]["Word"][];
            /** @description Parts of an organisation's score. */
            score_parts: components["schemas"]["Word"][];
            /** @description What entries of violation files are about. */
            violation_kinds: components["schemas"]["Word"][];
            /** @description Where they stand. */
            violation_states: components["schemas"]["Word"][];
            /** @description What happens to them. */
            violation_events: components["schemas"]["Word"][];
            /** @description Where applications stand. */
            application_states: components["schemas"]["Word"][];
            /** @description What happens to them. */
            application_events: components["schemas"]["Word"][];
            /** @description Where answers to a census stand. */
            census_states: components["schemas"]["Word"][];
            /** @description What happens to them. */
            census_events: components["schemas"]["Word"][];
            /** @description 值守合同当事方 */
            contract_sides: components["schemas"]["Word"][];
        };
        /** @description The plan held against a snapshot. */
        Overdue: {
            /**
             * Format: uuid
             * @description The snapshot.
             */
            snapshot_id: string;
            /** @description The moment it shows; days are counted to it. */
            as_of: components["schemas"]["Moment"];
            /** @description Every deadline asked about, those with time left included. */
            milestones: components["schemas"]["Milestone"][];
            /** @description Units beyond their deadline, as far as the asker sees. */
            units: components["schemas"]["OverdueUnitPage"];
        };
        /** @description An overdue alarm. */
        OverdueAlarm: {
            /** @description As it stands. */
            alarm: components["schemas"]["Alarm"];
            /** @description The clock exceeded longest. */
            worst: components["schemas"]["AlarmClock"];
            /**
             * Format: int64
             * @description Notices about it, reminders not counted.
             */
            notices: number;
            last_notice_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A page of overdue alarms. */
        OverdueAlarmPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["OverdueAlarm"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description Who answers for overdue alarms that are open. */
        OverdueParty: {
            /** @description `unit` or `organisation`. */
            party: string;
            /**
             * Format: uuid
             * @description The unit; null for an organisation.
             */
            unit_id?: string | null;
            /**
             * Format: uuid
             * @description The organisation; null for a unit.
             */
            organisation_id?: string | null;
            /** @description Its name. */
            name: string;
            /** @description Its city; null for one of the province itself. */
            city?: string | null;
            /** @description Its county. */
            county?: string | null;
            /**
             * Format: int64
             * @description Overdue alarms that are open.
             */
            overdue: number;
            /** @description The same of level 1 to 4. */
            by_level: number[];
            /**
             * Format: int64
             * @description Of these, with a notice about them already.
             */
            noticed: number;
            /** @description When the oldest of them was pushed. */
            oldest_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description Notices to the unit in the period, reminders not counted.
             */
            notices: number;
            /**
             * Format: int64
             * @description Of these, supervision orders.
             */
            orders: number;
            /**
             * Format: int64
             * @description Notices whose reply is late.
             */
            unanswered: number;
            last_notice_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A page of those who answer for overdue alarms. */
        OverduePartyPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["OverdueParty"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A unit beyond its deadline. */
        OverdueUnit: {
            /** @description The unit. */
            unit: components["schemas"]["UnitRow"];
            /** @description Last day in time. */
            due: string;
            /**
             * Format: int64
             * @description Days since.
             */
            overdue_days: number;
            /** @description Connection state. */
            connection: string;
            /** @description Why, where somebody said so; nobody is asked yet. */
            reason?: string | null;
        };
        /** @description A page of units beyond their deadline. */
        OverdueUnitPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["OverdueUnit"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description What a person sees first. */
        Overview: {
            /** @description Time of the counts. */
            as_of: components["schemas"]["Moment"];
            /** @description Units. */
            units: components["schemas"]["UnitCounts"];
            /** @description Units by category. */
            by_category: components["schemas"]["CategoryCounts"][];
            /** @description Alarms; zero where the role does not see them. */
            alarms: components["schemas"]["AlarmCounts"];
            /** @description Cameras; zero where the role does not see them. */
            cameras: components["schemas"]["CameraCounts"];
        };
        /** @description An application as its writer sees it. */
        OwnApplication: {
            /** @description Registered name. */
            name: string;
            /** @description Unified social credit code. */
            credit_code: string;
            /**
             * Format: uuid
             * @description Where it would sit.
             */
            region_id: string;
            /** @description Its name. */
            region_name: string;
            /** @description Address of its duty premises. */
            address: string;
            /**
             * Format: int32
             * @description Their floor, m².
             */
            premises_m2: number;
            /** @description How the office reaches it. */
            phone: string;
            /**
             * Format: int32
             * @description Units it can serve.
             */
            units_max: number;
            /** @description Who answers for it. */
            leader_name: string;
            /** @description A word of `application_states`. */
            state: string;
            /** @description What the office said last. */
            reason?: string | null;
            /** @description When it was sent first. */
            applied_at: components["schemas"]["Moment"];
            /** @description Its last step. */
            moved_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description Counts changes.
             */
            version: number;
        };
        /** @description The person who owns an alarm. */
        Owner: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name for people. */
            display_name: string;
        };
        /** @description Changing the own password. */
        PasswordChange: {
            /** @description The present password; empty where there is none yet. */
            old: string;
            /** @description The new one. */
            new: string;
        };
        /** @description The signed-in person. */
        Person: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name to sign in with. */
            login_name: string;
            /** @description Name for people. */
            display_name: string;
            /** @description Role. */
            role: string;
            /** @description How far the person sees. */
            scope: components["schemas"]["Scope"];
        };
        /** @description Something wrong with the camera's picture. */
        PictureCondition: {
            /** @description `black`, `frozen`, `covered`, `moved`, `blurred`, `washed_out`. */
            condition: string;
            /** @description Since when. */
            since: components["schemas"]["Moment"];
        };
        /** @description A stretch that stays past its ceiling. */
        Pin: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description The unit it was recorded at.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /**
             * Format: uuid
             * @description Of which camera.
             */
            camera_id: string;
            /** @description Its name. */
            camera_name: string;
            /** @description Beginning. */
            from: components["schemas"]["Moment"];
            /** @description End. */
            to: components["schemas"]["Moment"];
            /** @description What it is evidence of. */
            reason: string;
            /**
             * Format: uuid
             * @description The alarm it belongs to.
             */
            alarm_id?: string | null;
            /** @description Until when it holds. */
            keep_until: components["schemas"]["Moment"];
            /** @description Who set it; none: the platform. */
            pinned_by?: string | null;
            /** @description When. */
            pinned_at: components["schemas"]["Moment"];
            released_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A page of pins. */
        PinPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Pin"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description The pin that was set. */
        PinSet: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
        };
        /** @description A camera that sees a place. */
        PlaceCamera: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Its name. */
            name: string;
        };
        /** @description A kind of place. */
        PlaceTypeWord: {
            /** @description The word. */
            code: string;
            /** @description Chinese name. */
            name_zh: string;
            /** @description English name. */
            name_en: string;
            /** @description True where no camera may be installed (State Council Decree 799 art. 8). */
            forbidden: boolean;
        };
        /** @description What placing many channels did. */
        Placed: {
            /** @description Cameras made. */
            placed: number;
            /** @description Channels that are no camera by their type, or are gone. */
            no_camera: number;
            /** @description Channels that had a camera already. */
            had_camera: number;
        };
        /** @description Somebody on post. */
        Post: {
            /**
             * Format: uuid
             * @description Who.
             */
            staff_id: string;
            /** @description Name. */
            name: string;
            /**
             * Format: uuid
             * @description At which seat they signed on.
             */
            seat_id: string;
            /** @description Since when. */
            since: components["schemas"]["Moment"];
            until?: components["schemas"]["Moment"] | null;
        };
        /** @description A share with how far it may lie from the true one in 95 % of cases. */
        Precision: {
            /**
             * Format: double
             * @description Lower end, 0 to 1.
             */
            low: number;
            /**
             * Format: double
             * @description Upper end, 0 to 1.
             */
            high: number;
        };
        /** @description A preset. */
        Preset: {
            /** @description Its number, as the device names it. */
            id: string;
            /** @description Its name. */
            name?: string | null;
        };
        /** @description One party of a preview. */
        PreviewParty: {
            /** @description `unit` or `organisation`. */
            party: string;
            /**
             * Format: uuid
             * @description The unit; null for an organisation.
             */
            unit_id?: string | null;
            /**
             * Format: uuid
             * @description The organisation; null for a unit.
             */
            organisation_id?: string | null;
            /** @description Its name. */
            name: string;
            /** @description Alarms about which the notice would be. */
            alarms: number;
        };
        /** @description A test alarm. */
        Probe: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description When it was committed. */
            raised_at: components["schemas"]["Moment"];
            /** @description True where every statement of raising an alarm was gone through and taken back. */
            rehearsed: boolean;
            passed_at?: components["schemas"]["Moment"] | null;
            told_at?: components["schemas"]["Moment"] | null;
            heard_at?: components["schemas"]["Moment"] | null;
            /** @description At the channels that it was for. */
            sent: components["schemas"]["ProbeArrival"][];
            /** @description Whether all came in time; null while its time is not over. */
            arrived?: boolean | null;
        };
        /** @description A test alarm at one address. */
        ProbeArrival: {
            /** @description The channel. */
            channel: string;
            /** @description Its address without secrets. */
            address: string;
            arrived_at?: components["schemas"]["Moment"] | null;
            /** @description What the other side said last, or what went wrong. */
            said?: string | null;
        };
        /** @description A channel that carries test alarms. */
        ProbedChannel: {
            /** @description Which. */
            name: string;
            /**
             * Format: int64
             * @description Seconds between two.
             */
            every_s: number;
            /** @description True where the receiver has to send a receipt back; false where its word is all there is. */
            proves_arrival: boolean;
        };
        /** @description Why a request was not done. */
        Problem: {
            /** @description Always `about:blank`: the code says which problem it is. */
            type: string;
            /** @description Short English sentence of the code. */
            title: string;
            /**
             * Format: int32
             * @description HTTP status.
             */
            status: number;
            /** @description Stable code: not_signed_in, denied, lookup_needed, not_found, gone, conflict, invalid, limit, unavailable, internal. */
            code: string;
            /** @description What happened this time. */
            detail: string;
            /** @description Fields that cannot be accepted. */
            fields: components["schemas"]["FieldProblem"][];
        };
        /** @description Units by where their state comes from. */
        ProvenanceCounts: {
            /**
             * Format: int64
             * @description Observed by the platform.
             */
            observed: number;
            /**
             * Format: int64
             * @description Reported by the unit.
             */
            reported: number;
            /**
             * Format: int64
             * @description Confirmed by the regulator.
             */
            confirmed: number;
        };
        /** @description The quarantine of a noisy rule at a camera. */
        Quarantine: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description The rule. */
            code: string;
            /** @description Version of the model whose answers it rests on. */
            model?: string | null;
            /**
             * Format: uuid
             * @description The camera.
             */
            camera_id: string;
            /** @description Its name. */
            camera_name: string;
            /**
             * Format: uuid
             * @description Its unit.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /** @description A word of `quarantine_states`. */
            state: string;
            /**
             * Format: int64
             * @description Counts changes; sent back with every event.
             */
            version: number;
            /** @description A word of `quarantine_grounds`. */
            grounds: string;
            /** @description When it was proposed. */
            proposed_at: components["schemas"]["Moment"];
            /**
             * Format: int32
             * @description Answers when it was proposed.
             */
            answered: number;
            /**
             * Format: int32
             * @description Real ones among them.
             */
            real: number;
            /**
             * Format: int32
             * @description False ones on the worst day.
             */
            worst_day: number;
            /**
             * Format: int64
             * @description Most days it may last.
             */
            days_max: number;
            decided_at?: components["schemas"]["Moment"] | null;
            decided_by?: components["schemas"]["QuarantinePerson"] | null;
            /** @description Why. */
            decided_why?: string | null;
            until?: components["schemas"]["Moment"] | null;
            closed_at?: components["schemas"]["Moment"] | null;
            closed_by?: components["schemas"]["QuarantinePerson"] | null;
            /** @description Why. */
            closed_why?: string | null;
        };
        /** @description A decision about a quarantine. */
        QuarantineEventRequest: {
            /** @description `approve`, `decline` or `lift`. */
            event: string;
            /**
             * Format: int64
             * @description The version that was looked at.
             */
            version: number;
            /** @description Why, 1 to 500 characters. */
            why: string;
            /** @description When it ends, with an approval. */
            until?: string | null;
        };
        /** @description A page of quarantines. */
        QuarantinePage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Quarantine"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A person. */
        QuarantinePerson: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name for people. */
            display_name: string;
        };
        /** @description How many were false for a reason. */
        ReasonCount: {
            /** @description A word of `false_alarm_reasons`. */
            reason: string;
            /**
             * Format: int32
             * @description How many.
             */
            count: number;
        };
        /** @description A reason of a look-up. */
        ReasonWord: {
            /** @description The word. */
            code: string;
            /** @description Chinese name. */
            name_zh: string;
            /** @description English name. */
            name_en: string;
            /** @description True where the word alone does not tell enough. */
            needs_note: boolean;
        };
        /** @description A receipt of one addressee. */
        Receipt: {
            /**
             * Format: uuid
             * @description The region it was sent to.
             */
            region_id?: string | null;
            /**
             * Format: uuid
             * @description Or the unit.
             */
            unit_id?: string | null;
            /** @description Name of the addressee. */
            name: string;
            delivered_at?: components["schemas"]["Moment"] | null;
            read_at?: components["schemas"]["Moment"] | null;
            /** @description By whom. */
            read_by?: string | null;
        };
        /** @description Deliveries in numbers. */
        ReceiptCounts: {
            /** @description Addressees. */
            sent: number;
            /** @description Of these, with an account it reached. */
            delivered: number;
            /** @description Of these, read. */
            read: number;
        };
        /** @description Receipts of a bulletin. */
        ReceiptPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Receipt"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description The receipt of an application. */
        ReceiptRequest: {
            /** @description As it was shown. */
            receipt: string;
        };
        /** @description How many acknowledgements the asker's office owes. */
        ReceiptsOwed: {
            /**
             * Format: int64
             * @description Counted up to 1000.
             */
            count: number;
        };
        /** @description A stretch of time. */
        RecordedSpan: {
            /** @description Beginning. */
            from: components["schemas"]["Moment"];
            /** @description End. */
            to: components["schemas"]["Moment"];
        };
        /** @description A recording at a device. */
        Recording: {
            /** @description When it begins. */
            from: components["schemas"]["Moment"];
            /** @description When it ends. */
            to: components["schemas"]["Moment"];
            /** @description What the device calls it. */
            name?: string | null;
            /** @description Why it was made, as the device says: `time`, `alarm`, `manual`. */
            kind?: string | null;
            /**
             * Format: int64
             * @description Bytes.
             */
            size_bytes?: number | null;
        };
        /** @description A bucket that is a disk. Its secret is never told. */
        RecordingBucket: {
            /** @description Scheme, host and port of the service. */
            endpoint: string;
            /** @description Where requests are signed for. */
            region: string;
            /** @description Its name. */
            bucket: string;
            /** @description Where in it the disk lies; empty: at its top. */
            prefix: string;
            /** @description The bucket stands in the path of requests and not before the host. */
            path_style: boolean;
            /** @description The access key. */
            access_key_id: string;
            /** @description `evidence`, `all`. */
            takes: string;
            /**
             * Format: int64
             * @description How long after its end a segment moves, hours.
             */
            after_hours: number;
            /**
             * Format: int64
             * @description Most bytes of a second; none: as fast as it goes.
             */
            bytes_per_second_max?: number | null;
            /**
             * Format: int64
             * @description Segments that wait to be moved there; 10 000 stand for more.
             */
            waiting_segments: number;
            /**
             * Format: int64
             * @description Their size together, bytes.
             */
            waiting_bytes: number;
        };
        /** @description Changes to a bucket; an absent field stays as it is. */
        RecordingBucketPatch: {
            /** @description Another access key. */
            access_key_id?: string | null;
            /** @description Another secret. */
            secret?: string | null;
            rule?: components["schemas"]["RecordingBucketRule"] | null;
        };
        /** @description What is moved to a bucket. */
        RecordingBucketRule: {
            /** @description `evidence`, `all`. */
            takes: string;
            /**
             * Format: int32
             * @description How long after its end a segment moves, hours; at most 8 760.
             */
            after_hours: number;
            /**
             * Format: int64
             * @description Most bytes of a second; absent: as fast as it goes.
             */
            bytes_per_second_max?: number | null;
        };
        /** @description A day of one camera. */
        RecordingDay: {
            /** @description The Beijing day, as 2026-11-29. */
            day: string;
            /**
             * Format: int32
             * @description Minutes that should have been recorded.
             */
            expected_minutes: number;
            /**
             * Format: int32
             * @description Minutes that were.
             */
            recorded_minutes: number;
            /**
             * Format: int32
             * @description Minutes that are still there.
             */
            kept_minutes: number;
            /** @description Whether the day counts as present. */
            is_present: boolean;
        };
        /** @description A disk with what is known of it now. */
        RecordingDisk: {
            /**
             * Format: uuid
             * @description Id, also written on the disk itself.
             */
            id: string;
            /** @description Name for people. */
            name: string;
            /** @description `folder`, or `s3`: a bucket that finished segments are moved to. */
            kind: string;
            /** @description Absolute path of its folder; of a bucket, where it is. */
            folder: string;
            bucket?: components["schemas"]["RecordingBucket"] | null;
            /** @description `active`, `read_only`, `failed`, `retired`. */
            state: string;
            /**
             * Format: int64
             * @description Most bytes of recordings.
             */
            quota_bytes: number;
            /**
             * Format: int64
             * @description Bytes that stay free of the file system.
             */
            head_room_bytes: number;
            /**
             * Format: int64
             * @description What the index knows to lie there, bytes.
             */
            used_bytes: number;
            /**
             * Format: int64
             * @description How many files they are.
             */
            segments: number;
            /**
             * Format: int64
             * @description Deleted, and not yet known to be gone, bytes.
             */
            garbage_bytes: number;
            /**
             * Format: int64
             * @description Free bytes of the file system; none of a disk that is not written to.
             */
            free_bytes?: number | null;
            /**
             * Format: int64
             * @description How much may still be written, by quota and head-room.
             */
            left_bytes?: number | null;
            /**
             * Format: int64
             * @description Bytes that wait to be written.
             */
            queued_bytes?: number | null;
            /** @description Whether recording waits for room. */
            is_full: boolean;
            /** @description Why it is out of service, as a stable code; none while it is not. */
            out_code?: string | null;
            /** @description The same in words. */
            out_reason?: string | null;
            newest_at?: components["schemas"]["Moment"] | null;
            /** @description When it was entered. */
            created_at: components["schemas"]["Moment"];
        };
        /** @description Changes to a disk; an absent field stays as it is. */
        RecordingDiskPatch: {
            /** @description Name for people. */
            name?: string | null;
            /**
             * Format: int64
             * @description Most GiB of recordings.
             */
            quota_gib?: number | null;
            /**
             * Format: int64
             * @description GiB that stay free of the file system.
             */
            head_room_gib?: number | null;
            /** @description `active`, `read_only` or `retired`. */
            state?: string | null;
            bucket?: components["schemas"]["RecordingBucketPatch"] | null;
        };
        /** @description Every disk. */
        RecordingDisks: {
            /** @description By name, retired ones last. */
            items: components["schemas"]["RecordingDisk"][];
        };
        /** @description An export. */
        RecordingExport: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description Unit it was recorded at.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /**
             * Format: uuid
             * @description Of which camera.
             */
            camera_id: string;
            /** @description Its name. */
            camera_name: string;
            /** @description Beginning. */
            from: components["schemas"]["Moment"];
            /** @description End. */
            to: components["schemas"]["Moment"];
            /** @description `waiting`, `running`, `done`, `failed`, `cancelled`, `expired`. */
            state: string;
            /**
             * Format: double
             * @description While it is being written, how far: 0 to 1 of the time that is wanted. None in every other state.
             */
            share?: number | null;
            /** @description Who asked. */
            asked_by?: string | null;
            /** @description When. */
            asked_at: components["schemas"]["Moment"];
            /** @description Why. */
            reason: string;
            /** @description Said in words. */
            note?: string | null;
            /** @description What is done to its pictures. */
            alteration: components["schemas"]["ExportAlteration"];
            started_at?: components["schemas"]["Moment"] | null;
            ended_at?: components["schemas"]["Moment"] | null;
            /** @description Films, `manifest.json` and its signature; empty until it is done. */
            files: components["schemas"]["RecordingExportFile"][];
            /**
             * Format: int64
             * @description Size of all files.
             */
            size_bytes?: number | null;
            /** @description Why it failed. */
            error?: string | null;
        };
        /** @description A file of an export. */
        RecordingExportFile: {
            /** @description Its name; read at `/api/exports/{id}/files/{name}`. */
            name: string;
            /**
             * Format: int64
             * @description Its length.
             */
            size_bytes: number;
            /** @description SHA-256, lower-case hex. */
            sha256: string;
        };
        /** @description A page of exports of recordings. */
        RecordingExportPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["RecordingExport"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description The days of one camera. */
        RecordingHealth: {
            /**
             * Format: uuid
             * @description Its unit.
             */
            unit_id: string;
            /** @description Name of the unit. */
            unit_name: string;
            /**
             * Format: uuid
             * @description Which camera.
             */
            camera_id: string;
            /** @description Its name. */
            camera_name: string;
            /**
             * Format: int32
             * @description Days below which nothing may go.
             */
            floor_days: number;
            /**
             * Format: int32
             * @description Days that have to be there by now.
             */
            days_required: number;
            /**
             * Format: int32
             * @description Of these, the ones that are.
             */
            days_kept: number;
            /** @description The ones that are not, in order, as 2026-11-29. */
            missing: string[];
        };
        /** @description A page of cameras and the days that are there. */
        RecordingHealthPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["RecordingHealth"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A moment of what is played, and when it was. */
        RecordingMark: {
            /**
             * Format: int64
             * @description Microseconds since the beginning of the file.
             */
            position_us: number;
            /** @description When that was. Time goes on from here until the next mark. */
            at: components["schemas"]["Moment"];
        };
        /** @description The file of a range, without its pictures. */
        RecordingMarks: {
            /**
             * Format: int64
             * @description Its length in bytes.
             */
            size_bytes: number;
            /** @description Pieces that can no longer be read and are left out. */
            damaged: number;
            /** @description Which moment is where, in order. */
            marks: components["schemas"]["RecordingMark"][];
        };
        /** @description How recording stands as a whole. */
        RecordingStatus: {
            /** @description Whether the platform records at all. */
            is_on: boolean;
            /** @description Whether cameras of which nothing was said are recorded. */
            all_cameras: boolean;
            /**
             * Format: int64
             * @description Cameras that are being recorded.
             */
            cameras: number;
            /**
             * Format: int64
             * @description Of these, the ones from which nothing comes at the moment.
             */
            hindered: number;
            /**
             * Format: int64
             * @description Events of the recorder since the start.
             */
            events: number;
            /**
             * Format: int64
             * @description Files written into the index, growth counted each time.
             */
            written: number;
            /**
             * Format: int64
             * @description Files that wait for the database.
             */
            waiting: number;
            /**
             * Format: int64
             * @description Batches that the database did not take at once.
             */
            refused_batches: number;
            /**
             * Format: int64
             * @description Files forgotten because too many waited; the next start finds them.
             */
            forgotten: number;
            /**
             * Format: int64
             * @description Stretches that were received and not kept.
             */
            losses: number;
        };
        /** @description What a search for recordings found. */
        Recordings: {
            /** @description The recordings by their beginning. */
            items: components["schemas"]["Recording"][];
            /** @description Whether the device answered all of it. */
            is_complete: boolean;
        };
        /** @description An approved picture; the file is at `/api/cameras/{id}/reference`. */
        Reference: {
            /** @description `day` or `infrared`. */
            light: string;
            /** @description SHA-256 of the file. */
            sha256: string;
            /**
             * Format: int32
             * @description Width in pixels.
             */
            width: number;
            /**
             * Format: int32
             * @description Height in pixels.
             */
            height: number;
            /** @description When the camera sent it. */
            taken_at: components["schemas"]["Moment"];
            /** @description Who approved it; null: the platform itself. */
            approved_by?: string | null;
            /** @description When. */
            approved_at: components["schemas"]["Moment"];
        };
        /** @description Which picture is approved. */
        ReferenceApproval: {
            /** @description `sha256` of the candidate that was seen. */
            sha256: string;
        };
        /** @description A picture that can be approved for ten minutes; the file is at `/api/cameras/{id}/reference/candidates/{sha256}`. */
        ReferenceCandidate: {
            /** @description SHA-256 of the file, by which it is approved. */
            sha256: string;
            /** @description `day` or `infrared`. */
            light: string;
            /**
             * Format: int32
             * @description Width in pixels.
             */
            width: number;
            /**
             * Format: int32
             * @description Height in pixels.
             */
            height: number;
            /** @description When the camera sent it. */
            taken_at: components["schemas"]["Moment"];
        };
        /** @description A node of the region tree. */
        Region: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description The region above; none for the province.
             */
            parent_id?: string | null;
            /** @description `province`, `city` or `county`. */
            level: string;
            /** @description Official name. */
            name: string;
            /** @description Name without the generic suffix. */
            short_name: string;
            /** @description GB/T 2260 code; none for a functional area. */
            code?: string | null;
            /**
             * Format: int32
             * @description Official order among its siblings.
             */
            order: number;
        };
        /** @description A proposed change. */
        RegisterChange: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description The unit as it stands now. */
            unit: components["schemas"]["UnitRow"];
            /** @description `add` or `remove`. */
            kind: string;
            /** @description `new`, `merged`, `closed`, `correction` or `out_of_scope`. */
            reason: string;
            /** @description What the proposer wrote. */
            note?: string | null;
            /** @description Who; empty for the platform itself. */
            proposed_by: string;
            /** @description When. */
            proposed_at: components["schemas"]["Moment"];
            /** @description True where the asker proposed it and therefore cannot decide it. */
            own: boolean;
            /** @description Who decided; empty for the platform itself, none while nobody has. */
            decided_by?: string | null;
            decided_at?: components["schemas"]["Moment"] | null;
            /** @description What they wrote. */
            decision_note?: string | null;
            /** @description `proposed`, `approved` or `rejected`. */
            state: string;
            /**
             * Format: int64
             * @description The version an approval made.
             */
            version?: number | null;
        };
        /** @description A page of proposed changes of the register. */
        RegisterChangePage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["RegisterChange"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description What a decision did. */
        RegisterDecided: {
            /**
             * Format: int64
             * @description The version an approval made.
             */
            version?: number | null;
        };
        /** @description A decision about changes: all of them, or none. */
        RegisterDecision: {
            /** @description Which. */
            ids: string[];
            /** @description True approves, false rejects. */
            approve: boolean;
            /** @description In the decider's words. */
            note?: string | null;
        };
        /** @description A version of the register. */
        RegisterVersion: {
            /**
             * Format: int64
             * @description Its number, from 1.
             */
            version: number;
            /** @description It holds from here until the next one. */
            valid_from: components["schemas"]["Moment"];
            /** @description When it was approved. */
            approved_at: components["schemas"]["Moment"];
            /** @description By whom; empty for the platform itself. */
            approved_by: string;
            /**
             * Format: int64
             * @description Units in it.
             */
            units: number;
            /** @description What was said about it. */
            note?: string | null;
            /** @description SHA-256 over the ids of its units. */
            hash: string;
            /** @description How it differs from the one before. */
            changes: components["schemas"]["VersionChanges"];
        };
        /** @description A page of versions of the register. */
        RegisterVersionPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["RegisterVersion"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description How long the recordings of a unit are to stay. */
        RetentionOrder: {
            /** @description Which law sets the floor; a unit does not change its own. */
            basis: string;
            /** @description Which class. */
            class: string;
            /**
             * Format: int32
             * @description Of class `custom`: days below which nothing may go.
             */
            floor_days?: number | null;
            /**
             * Format: int32
             * @description Of class `custom`: days above which everything has to.
             */
            ceiling_days?: number | null;
            /** @description Why so. */
            note?: string | null;
        };
        /** @description A page of units of which was said how long their recordings stay. */
        RetentionPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["UnitRetention"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A roll-call at a transmission device. */
        RollCall: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description At which device.
             */
            transmitter_id: string;
            /** @description When it was asked. */
            asked_at: components["schemas"]["Moment"];
            /** @description By whom; none: the platform. */
            asked_by?: string | null;
            /**
             * Format: int32
             * @description Minutes to answer.
             */
            minutes: number;
            /** @description Until when. */
            deadline_at: components["schemas"]["Moment"];
            /** @description `waiting`, `answered`, `late`, `absent` or `undelivered`. */
            state: string;
            received_at?: components["schemas"]["Moment"] | null;
            answered_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int32
             * @description Their number.
             */
            operator?: number | null;
        };
        /** @description How the calls of a round stand. */
        RollCallCounts: {
            /**
             * Format: int32
             * @description Not answered yet.
             */
            waiting: number;
            /**
             * Format: int32
             * @description In time.
             */
            answered: number;
            /**
             * Format: int32
             * @description Late.
             */
            late: number;
            /**
             * Format: int32
             * @description Not answered.
             */
            absent: number;
            /**
             * Format: int32
             * @description Exempt.
             */
            exempt: number;
            /**
             * Format: int32
             * @description Of these, rooms whose camera saw the code.
             */
            code_seen: number;
        };
        /** @description A day of scheduled roll-calls. */
        RollCallDay: {
            /** @description The day, of Beijing. */
            day: string;
            /** @description When it was committed to. */
            committed_at: components["schemas"]["Moment"];
            /** @description SHA-256 of the text that stands for seed, day, rules and rooms, in hex. */
            commitment: string;
            /** @description The rules. */
            rules: components["schemas"]["RollCallRules"];
            /** @description How many rooms. */
            rooms: number;
            revealed_at?: components["schemas"]["Moment"] | null;
            /** @description The seed in hex; null: not yet. */
            seed?: string | null;
        };
        /** @description A day held against the calls that were made, for the rooms in reach. */
        RollCallDayCheck: {
            /** @description The day. */
            day: components["schemas"]["RollCallDay"];
            /** @description True where the published seed is the one committed to; null before it is published. */
            is_proved?: boolean | null;
            /** @description What is wrong with the proof. */
            fault?: string | null;
            /** @description Rooms in reach. */
            rooms_in_reach: number;
            /** @description Moments planned for them; null before the seed is published. */
            planned?: number | null;
            /** @description Calls made for them. */
            made: number;
            /** @description What the two do not have in common. */
            deviations: components["schemas"]["RollCallDeviation"][];
            /** @description The moments of the room that was asked for. */
            moments?: components["schemas"]["Moment"][] | null;
        };
        /** @description A page of days whose roll-calls were committed to. */
        RollCallDayPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["RollCallDay"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description What a schedule and the calls made do not have in common. */
        RollCallDeviation: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /**
             * Format: uuid
             * @description Which room.
             */
            room_id: string;
            /** @description Its name. */
            room_name: string;
            /** @description `left_out` or `added`. */
            kind: string;
            /** @description A word of `left_out_reasons`; null: the platform gives none. */
            reason?: string | null;
        };
        /** @description A time in which a room is not asked. */
        RollCallExemption: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description Of which room.
             */
            room_id: string;
            /** @description Its name. */
            room_name: string;
            /** @description Whose people sit there. */
            organisation_name: string;
            /** @description A word of `exemption_states`. */
            state: string;
            /** @description True while it holds. */
            in_force: boolean;
            /** @description When it begins. */
            starts_at: components["schemas"]["Moment"];
            /** @description When it ends. */
            ends_at: components["schemas"]["Moment"];
            /** @description Why. */
            reason: string;
            /** @description Who asked. */
            asked_by: string;
            /** @description When. */
            asked_at: components["schemas"]["Moment"];
            /** @description Who decided. */
            decided_by?: string | null;
            decided_at?: components["schemas"]["Moment"] | null;
            /** @description What they wrote. */
            decided_why?: string | null;
            withdrawn_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Counts changes; sent back with every event.
             */
            version: number;
            /** @description What the asker may do now: `approve`, `decline`, `withdraw`. */
            next: string[];
        };
        /** @description A decision about an exemption. */
        RollCallExemptionEvent: {
            /** @description `approve`, `decline` or `withdraw`. */
            event: string;
            /**
             * Format: int64
             * @description The version that was looked at.
             */
            version: number;
            /** @description Why; needed to decline. */
            why?: string | null;
        };
        /** @description A page of exemptions from roll-calls. */
        RollCallExemptionPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["RollCallExemption"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A page of roll-calls. */
        RollCallPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["RollCall"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A picture of a roll-call. */
        RollCallPicture: {
            /** @description `asked`, `answered` or `code`. */
            kind: string;
            /**
             * Format: uuid
             * @description By which camera.
             */
            camera_id: string;
            /** @description When it was received. */
            taken_at: components["schemas"]["Moment"];
            /** @description SHA-256 of the file. */
            sha256: string;
        };
        /** @description One act of asking. */
        RollCallRound: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description A word of `roll_call_origins`. */
            origin: string;
            /** @description When the rooms were asked. */
            asked_at: components["schemas"]["Moment"];
            /** @description Until when an answer is in time. */
            deadline_at: components["schemas"]["Moment"];
            /**
             * Format: int32
             * @description Minutes to answer.
             */
            minutes: number;
            /** @description Who asked; null: the platform. */
            asked_by?: string | null;
            /** @description In their words. */
            reason?: string | null;
            /**
             * Format: int32
             * @description How many rooms there were to choose from.
             */
            of_rooms: number;
            /** @description Seed of the lot in hex; null: no sample. */
            sample_seed?: string | null;
            /** @description The calls within reach. */
            counts: components["schemas"]["RollCallCounts"];
        };
        /** @description A page of rounds of roll-calls. */
        RollCallRoundPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["RollCallRound"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description How often rooms are asked by the schedule. */
        RollCallRules: {
            /**
             * Format: int32
             * @description Fewest roll-calls of a room in any seven days in a row.
             */
            per_week: number;
            /**
             * Format: int32
             * @description Chance of an extra one for each of 24 draws a day, per mille.
             */
            extra_per_mille: number;
            /**
             * Format: int32
             * @description Seconds between two roll-calls of a room.
             */
            apart_s: number;
        };
        /** @description Words of roll-calls of duty rooms. */
        RollCallWords: {
            /** @description 查岗状态 */
            duty_roll_call_states: components["schemas"]["Word"][];
            /** @description 查岗来源 */
            roll_call_origins: components["schemas"]["Word"][];
            /** @description 查岗码画面验证 */
            code_verdicts: components["schemas"]["Word"][];
            /** @description 查岗码色块 */
            block_colours: components["schemas"]["Word"][];
            /** @description 计划漏查原因 */
            left_out_reasons: components["schemas"]["Word"][];
            /** @description 免查状态 */
            exemption_states: components["schemas"]["Word"][];
        };
        /** @description The day of a duty room. */
        RoomDay: {
            /** @description YYYY-MM-DD. */
            day: string;
            /**
             * Format: uuid
             * @description The room.
             */
            room_id: string;
            /** @description Its name. */
            room_name: string;
            /** @description A word of `room_kinds`. */
            kind: string;
            /**
             * Format: uuid
             * @description Whose people sit there.
             */
            organisation_id: string;
            /** @description Its name. */
            organisation_name: string;
            /**
             * Format: int32
             * @description People that were required at once.
             */
            people: number;
            /**
             * Format: int32
             * @description Minutes in which the camera showed the room.
             */
            camera: number;
            /** @description Its minutes, corrections applied. */
            runs: components["schemas"]["LedgerRun"][];
            /** @description What they come to. */
            totals: components["schemas"]["LedgerTotals"];
            /** @description How many corrections lie on it. */
            corrections: number;
            /** @description When it was computed last. */
            computed_at: components["schemas"]["Moment"];
            closed_at?: components["schemas"]["Moment"] | null;
        };
        /** @description The roster of a room. */
        Roster: {
            /** @description The room. */
            room: components["schemas"]["DutyRoom"];
            /** @description Whether the next seven days are complete. */
            is_complete: boolean;
            /** @description The shifts, by time. */
            shifts: components["schemas"]["Shift"][];
            /** @description What is wrong, by time. */
            problems: components["schemas"]["RosterProblem"][];
            /** @description Who may be entered; empty for whoever does not keep rosters. */
            people: components["schemas"]["RosterPerson"][];
        };
        /** @description Somebody who may be entered. */
        RosterPerson: {
            /**
             * Format: uuid
             * @description Who.
             */
            staff_id: string;
            /** @description Name. */
            name: string;
            /** @description The last day on which the certificate counts, YYYY-MM-DD; null where it does not. */
            certified_until?: string | null;
        };
        /** @description What is wrong with a roster. */
        RosterProblem: {
            /** @description A word of `roster_problems`. */
            kind: string;
            /** @description Whether the roster is incomplete because of it. */
            blocks: boolean;
            /** @description From when. */
            starts_at: components["schemas"]["Moment"];
            /** @description Until when. */
            ends_at: components["schemas"]["Moment"];
            /**
             * Format: uuid
             * @description Whose; null where it is about the room.
             */
            staff_id?: string | null;
            /**
             * Format: int32
             * @description What was found: people, or minutes.
             */
            found: number;
            /**
             * Format: int32
             * @description What the rule asks for, in the same unit.
             */
            limit: number;
        };
        /** @description What people said of a rule. */
        RuleFigures: {
            /** @description Its code. */
            code: string;
            /** @description Version of the model; null for a rule without one. */
            model?: string | null;
            /**
             * Format: uuid
             * @description The camera; null over all cameras.
             */
            camera_id?: string | null;
            /** @description Its name. */
            camera_name?: string | null;
            /**
             * Format: uuid
             * @description The unit.
             */
            unit_id?: string | null;
            /** @description Its name. */
            unit_name?: string | null;
            /**
             * Format: int32
             * @description Alarms that somebody confirmed or rejected.
             */
            answered: number;
            /**
             * Format: int32
             * @description Confirmed.
             */
            real: number;
            /**
             * Format: int32
             * @description Rejected.
             */
            rejected: number;
            /** @description Rejected, by reason. */
            reasons: components["schemas"]["ReasonCount"][];
            precision?: components["schemas"]["Precision"] | null;
            /**
             * Format: int32
             * @description Days that the answers came in, 1 to 30.
             */
            days: number;
            /**
             * Format: int32
             * @description False ones on the day that had most.
             */
            worst_day: number;
            /** @description Why the rule is noisy: a word of `quarantine_grounds`; null where it is not, and over all cameras. */
            noisy?: string | null;
            suggestion?: components["schemas"]["ThresholdSuggestion"] | null;
            /**
             * Format: int32
             * @description Answers about simulated cameras.
             */
            simulated: number;
        };
        /** @description What people said of the rules in the asker's reach. */
        RuleQuality: {
            /** @description Answers given from then on. */
            from: components["schemas"]["Moment"];
            /** @description Answers given until then. */
            until: components["schemas"]["Moment"];
            /** @description Version of the model that looks now. */
            model: string;
            /** @description By rule, most false alarms first. */
            rules: components["schemas"]["RuleFigures"][];
            /** @description By rule and camera, noisiest first; 500 at most. */
            cameras: components["schemas"]["RuleFigures"][];
            /** @description How many there are. */
            cameras_total: number;
        };
        /** @description How far a person sees. */
        Scope: {
            /** @description `region`, `unit` or `organisation`. */
            kind: string;
            /**
             * Format: uuid
             * @description Id of the region, unit or organisation.
             */
            id: string;
            /** @description Its name. */
            name: string;
        };
        /** @description One part of a score with its arithmetic: weight × 100 × numerator ÷ denominator, rounded down. */
        ScorePart: {
            /** @description A word of `score_parts`. */
            part: string;
            /**
             * Format: int32
             * @description Points of 100.
             */
            weight: number;
            /**
             * Format: int64
             * @description What was counted.
             */
            numerator: number;
            /**
             * Format: int64
             * @description Of how many; 0: nothing was measured, which earns nothing.
             */
            denominator: number;
            /**
             * Format: int32
             * @description What it earns, hundredths of a point.
             */
            hundredths: number;
        };
        /** @description How many rows were counted. */
        ScoreRows: {
            /**
             * Format: int64
             * @description Days of rooms.
             */
            room_days: number;
            /**
             * Format: int64
             * @description Roll-calls.
             */
            roll_calls: number;
            /**
             * Format: int64
             * @description Alarms.
             */
            alarms: number;
            /**
             * Format: int64
             * @description Drills.
             */
            drills: number;
            /**
             * Format: int64
             * @description Confirmed findings of deceit.
             */
            findings: number;
        };
        /** @description A browser bound to a room. */
        Seat: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description The room.
             */
            room_id: string;
            /** @description Name. */
            name: string;
            /** @description When it was bound. */
            paired_at: components["schemas"]["Moment"];
            unpaired_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A code that binds a browser; shown once. */
        SeatCode: {
            /** @description Eight digits. */
            code: string;
            /** @description Until when it can be used. */
            expires_at: components["schemas"]["Moment"];
        };
        /** @description What a seat shows of the drill that runs in its room. A double-blind one looks like an alarm until it is taken. */
        SeatDrill: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description A word of `drill_kinds`; null while the seat is not to know that it is a drill. */
            kind?: string | null;
            /** @description What is made up. */
            code: string;
            /** @description Where. */
            unit_name: string;
            /** @description Where in the unit. */
            place: string;
            /**
             * Format: uuid
             * @description The camera that is said to see it.
             */
            camera_id?: string | null;
            /** @description Its name. */
            camera_name?: string | null;
            /** @description When it appeared. */
            begun_at: components["schemas"]["Moment"];
            /** @description The steps; only the first while the seat is not to know. */
            steps: components["schemas"]["SeatDrillStep"][];
            /** @description The server's time of this answer. */
            now: components["schemas"]["Moment"];
        };
        /** @description A step as the seat shows it. */
        SeatDrillStep: {
            /** @description A word of `drill_steps`. */
            step: string;
            /**
             * Format: int32
             * @description Seconds from the beginning within which it is in time.
             */
            within_s: number;
            done_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A call that the seat may answer. */
        SeatRollCall: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description A word of `duty_roll_call_states`: waiting, or absent while a late answer is taken. */
            state: string;
            /** @description A word of `roll_call_origins`. */
            origin: string;
            /** @description When it was asked. */
            asked_at: components["schemas"]["Moment"];
            /** @description Until when an answer is in time. */
            deadline_at: components["schemas"]["Moment"];
        };
        /** @description The answer of a seat. */
        SeatRollCallAnswer: {
            /** @description The four digits that the seat shows. */
            digits: string;
            /** @description When the key was pressed, of an answer that waited for the line. */
            device_at?: string | null;
        };
        /** @description What an answer became. */
        SeatRollCallAnswered: {
            /** @description A word of `duty_roll_call_states`. */
            state: string;
            /**
             * Format: int32
             * @description Milliseconds from the question to the answer, by the server's clock.
             */
            answered_after_ms: number;
        };
        /** @description What a seat may answer. */
        SeatRollCalls: {
            /** @description The last asked first. */
            calls: components["schemas"]["SeatRollCall"][];
            /** @description The server's time. */
            now: components["schemas"]["Moment"];
        };
        /** @description The rotating code that a seat shows. */
        SeatRoomCode: {
            /** @description Four blocks from left to right: words of `block_colours`. */
            colours: string[];
            /** @description Four digits. */
            digits: string;
            /** @description When another one follows. */
            valid_until: components["schemas"]["Moment"];
            /** @description The server's time, so that a screen whose clock is wrong changes with it. */
            now: components["schemas"]["Moment"];
        };
        /** @description What a seat's screen shows. */
        SeatScreen: {
            /** @description The server's time. */
            now: components["schemas"]["Moment"];
            /**
             * Format: uuid
             * @description Id of the seat.
             */
            seat_id: string;
            /** @description Name of the seat. */
            seat_name: string;
            /** @description The room. */
            room: components["schemas"]["DutyRoom"];
            /**
             * Format: uuid
             * @description Whoever is signed in.
             */
            staff_id: string;
            /** @description Their name. */
            name: string;
            /** @description Whether they are on post here. */
            is_on_post: boolean;
            /** @description Who is on post. */
            on_post: components["schemas"]["Post"][];
            /** @description The roster around now. */
            roster: components["schemas"]["Shift"][];
            vigilance?: components["schemas"]["Vigilance"] | null;
            handover?: components["schemas"]["Handover"] | null;
            /** @description Today's record card. */
            records: components["schemas"]["DutyRecord"][];
        };
        /** @description A room that served a unit. */
        ServedBy: {
            /**
             * Format: uuid
             * @description The room.
             */
            room_id: string;
            /**
             * Format: int32
             * @description Minutes of the day.
             */
            minutes: number;
        };
        /** @description The model that looks at pictures. */
        ServingModel: {
            /** @description Its version, as it stands on every alarm. */
            version: string;
            /** @description The weights file that was asked for; null: the weights in the program. */
            file?: string | null;
            /** @description Why that file cannot be used, so that the weights in the program look; null where it does. */
            refused?: string | null;
        };
        /** @description Pictures on their way. */
        SessionAbove: {
            /** @description The name of the camera. */
            camera: string;
            /** @description Its 20 digits there. */
            gb_id: string;
            /** @description `live`, `playback` or `download`. */
            kind: string;
            /** @description Since when. */
            since: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description Frames sent.
             */
            frames: number;
            /**
             * Format: int64
             * @description Bytes sent.
             */
            bytes: number;
        };
        /** @description The session itself. */
        SessionInfo: {
            /** @description When it ends in any case. */
            expires_at: components["schemas"]["Moment"];
        };
        /** @description A standing plan to set. */
        SetDrillPlan: {
            /** @description What is made up: a code of level one. */
            code: string;
            /** @description Who is told beforehand. */
            knows: string;
        };
        /** @description Whether set-up is still to be done. */
        Setup: {
            /** @description True while no account exists. */
            needed: boolean;
            /** @description True for a demonstration with simulated schools. */
            demo: boolean;
        };
        /** @description First set-up. */
        SetupRequest: {
            /** @description The code printed on the console. */
            code: string;
            /** @description Name to sign in with. */
            login_name: string;
            /** @description Name for people. */
            display_name: string;
            /** @description Password of the first security administrator. */
            password: string;
        };
        /** @description What an upper platform is shown. */
        SharedCatalogue: {
            /** @description Regions. */
            regions: number;
            /** @description Units, as virtual organisations. */
            units: number;
            /** @description Cameras. */
            cameras: number;
            /** @description Of these, with pictures now. */
            cameras_on: number;
            /** @description Cameras left out because no camera may stand where they do. */
            forbidden: number;
            /** @description Cameras left out because one platform takes no more. */
            beyond: number;
            /** @description Items of this page, parents before children. */
            items: components["schemas"]["SharedCatalogueItem"][];
            /** @description Token for the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description One item of a catalogue. */
        SharedCatalogueItem: {
            /** @description 20 digits, or a region's code. */
            id: string;
            /** @description Its name. */
            name: string;
            /** @description `ParentID` as it is sent. */
            parent_id?: string | null;
            /** @description `CivilCode`. */
            civil_code?: string | null;
            /** @description `ON` or `OFF`. */
            status?: string | null;
        };
        /** @description What an upper platform may do with the cameras that it is shown. */
        Shares: {
            /** @description See them live. */
            live: boolean;
            /** @description Search and play their recordings. */
            playback: boolean;
            /** @description Turn them. */
            ptz: boolean;
            /** @description Be told of the alarms around them. */
            alarms: boolean;
        };
        /** @description One guard's shift. */
        Shift: {
            /**
             * Format: uuid
             * @description Id; parts that stand-ins took share it.
             */
            id: string;
            /**
             * Format: uuid
             * @description Who.
             */
            staff_id: string;
            /** @description Name. */
            name: string;
            /** @description From when. */
            starts_at: components["schemas"]["Moment"];
            /** @description Until when. */
            ends_at: components["schemas"]["Moment"];
            /** @description Why, where somebody stands in. */
            reason?: string | null;
        };
        /** @description Signing a handover. */
        SignHandover: {
            /** @description When the shifts change. */
            due_at: string;
            /** @description `leaves` or `comes`. */
            side: string;
            /** @description What is to be said. */
            remark?: string | null;
        };
        /** @description Signing a record. */
        SignRecord: {
            /** @description When its two hours begin. */
            slot_at: string;
            /** @description What is to be said. */
            remark?: string | null;
        };
        /** @description A signature and whether it holds. */
        SignatureCheck: {
            /** @description Name of the scheme. */
            algorithm: string;
            /** @description Short name of the key. */
            key_id: string;
            /** @description Who approved. */
            signer: string;
            /** @description True where a key of this platform made it over this content. */
            valid: boolean;
        };
        /** @description A signature on a sheet. */
        Signed: {
            /**
             * Format: uuid
             * @description Who.
             */
            staff_id: string;
            /** @description Name. */
            name: string;
            /** @description When the server received it. */
            at: components["schemas"]["Moment"];
        };
        /** @description The public half of a signing key. */
        SigningKeyView: {
            /** @description Short name: the first 16 hex digits of SHA-256 over the public key. */
            key_id: string;
            /** @description Name of the scheme. */
            algorithm: string;
            /** @description The key, base64. */
            public_key_base64: string;
            /** @description First moment of use. */
            valid_from: components["schemas"]["Moment"];
            retired_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A planned silence. */
        Silence: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description At which unit.
             */
            unit_id: string;
            /** @description Its name. */
            unit_name: string;
            /**
             * Format: uuid
             * @description At which camera; null: at the whole unit.
             */
            camera_id?: string | null;
            /** @description Its name. */
            camera_name?: string | null;
            /** @description Which rule; null: every one. */
            code?: string | null;
            /** @description A word of `silence_states`, as it is now. */
            state: string;
            /** @description True while it holds. */
            in_force: boolean;
            /**
             * Format: int64
             * @description Counts changes; sent back with every event.
             */
            version: number;
            /** @description Why. */
            reason: string;
            /** @description When it begins. */
            starts_at: components["schemas"]["Moment"];
            /** @description When it ends. */
            ends_at: components["schemas"]["Moment"];
            /** @description When it was asked for. */
            asked_at: components["schemas"]["Moment"];
            /** @description By whom. */
            asked_by: components["schemas"]["SilencePerson"];
            decided_at?: components["schemas"]["Moment"] | null;
            decided_by?: components["schemas"]["SilencePerson"] | null;
            /** @description What they wrote. */
            decided_why?: string | null;
            /** @description True where it could take in fire that cameras see: the approval says whether it does. */
            meets_fire: boolean;
            /** @description True where the approval names fire that cameras see. */
            with_fire: boolean;
            closed_at?: components["schemas"]["Moment"] | null;
            closed_by?: components["schemas"]["SilencePerson"] | null;
            /** @description What they wrote. */
            closed_why?: string | null;
            /**
             * Format: int64
             * @description Alarms that were raised in it.
             */
            alarms: number;
            /** @description What the asker may do now: `approve`, `decline`, `lift`. */
            next: string[];
        };
        /** @description A decision about a silence. */
        SilenceEventRequest: {
            /** @description `approve`, `decline` or `lift`. */
            event: string;
            /**
             * Format: int64
             * @description The version that was looked at.
             */
            version: number;
            /** @description Why; may be absent with an approval. */
            why?: string | null;
            /** @description With an approval: fire of level 1 that cameras see is quiet too. Then it lasts 24 hours at most. */
            with_fire?: boolean | null;
        };
        /** @description A page of planned silences. */
        SilencePage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Silence"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A person. */
        SilencePerson: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name for people. */
            display_name: string;
        };
        /** @description An alarm that needs no notice any more. */
        SkippedAlarm: {
            /**
             * Format: uuid
             * @description Which.
             */
            alarm_id: string;
            /** @description `ended`, `in_time` or `nobody_was_called`. */
            why: string;
        };
        /** @description The register as it stood at one moment. */
        Snapshot: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description The moment it shows. */
            as_of: components["schemas"]["Moment"];
            /** @description When it was frozen. */
            taken_at: components["schemas"]["Moment"];
            /** @description Name of the person who froze it; empty for the platform itself. */
            taken_by: string;
            /**
             * Format: int64
             * @description Units in it.
             */
            units: number;
            /** @description SHA-256 over the moment, the register version and the parts. */
            hash: string;
            /** @description Note. */
            note?: string | null;
            /**
             * Format: int64
             * @description Version of the register of units that should connect in force at that moment; none before the first one.
             */
            register_version?: number | null;
            /** @description True where any unit is invented. */
            synthetic: boolean;
            /** @description Where the states come from. */
            provenance: components["schemas"]["SnapshotProvenance"];
            /** @description Alarms of the period before it. */
            alarms: components["schemas"]["SnapshotAlarms"];
            /** @description SHA-256 of each part. */
            parts: components["schemas"]["SnapshotParts"];
        };
        /** @description The alarms behind the counts of a snapshot, as far as the asker sees. */
        SnapshotAlarmRows: {
            /** @description The counts of everybody. */
            counts: components["schemas"]["SnapshotAlarms"];
            /** @description Units that had alarms, those with most late ones first. */
            units: components["schemas"]["SnapshotAlarmUnit"][];
            /** @description The late alarms, in the order of their units, then by time. */
            late: components["schemas"]["SnapshotLateAlarm"][];
        };
        /** @description A unit with its alarms of the period. */
        SnapshotAlarmUnit: {
            /**
             * Format: uuid
             * @description Id of the unit.
             */
            unit_id: string;
            /** @description Its name then. */
            name: string;
            /** @description Its category then. */
            category: string;
            /** @description Name of its city-level region; empty for a unit of the province itself. */
            city: string;
            /** @description Name of its county. */
            county?: string | null;
            /**
             * Format: int64
             * @description Alarms pushed.
             */
            raised: number;
            /**
             * Format: int64
             * @description Of these, any clock exceeded.
             */
            late: number;
            /**
             * Format: int64
             * @description Of the raised, still open.
             */
            open: number;
            /**
             * Format: int64
             * @description Both.
             */
            late_open: number;
        };
        /** @description Alarms of a snapshot's period, without drills, tests and merged ones. */
        SnapshotAlarms: {
            from?: components["schemas"]["Moment"] | null;
            /** @description And not after this. */
            until: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description Pushed in the period.
             */
            raised: number;
            /**
             * Format: int64
             * @description Of these, any clock exceeded.
             */
            late: number;
            /**
             * Format: int64
             * @description Of the raised, still open at the end.
             */
            open: number;
            /**
             * Format: int64
             * @description Both late and open.
             */
            late_open: number;
        };
        /** @description An alarm that exceeded a clock, as it stood at the snapshot's moment. */
        SnapshotLateAlarm: {
            /**
             * Format: uuid
             * @description Id of the alarm.
             */
            id: string;
            /**
             * Format: uuid
             * @description Id of its unit.
             */
            unit_id: string;
            /** @description Name of the unit then. */
            unit_name: string;
            /** @description City-level region of the unit; empty for a unit of the province itself. */
            city: string;
            /** @description County of the unit. */
            county?: string | null;
            /** @description Alarm code. */
            code: string;
            /**
             * Format: int32
             * @description Level, 1 to 4.
             */
            level: number;
            /** @description State then. */
            state: string;
            /** @description Whether somebody still had to do something. */
            is_open: boolean;
            /** @description From a simulated camera. */
            simulated: boolean;
            /** @description When it happened. */
            occurred_at: components["schemas"]["Moment"];
            /** @description When it was pushed. */
            pushed_at: components["schemas"]["Moment"];
            /** @description The first clock that ran out: `take`, `verify`, `arrive` or `handle`. */
            clock: string;
            /** @description When it ran out. */
            due_at: components["schemas"]["Moment"];
            stopped_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A page of snapshots. */
        SnapshotPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Snapshot"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description SHA-256 of the parts of a snapshot. */
        SnapshotParts: {
            /** @description Which units, of which category and region. */
            register_hash: string;
            /** @description Their connection. */
            connection_hash: string;
            /** @description Their duty. */
            duty_hash: string;
            /** @description The alarms. */
            alarms_hash: string;
        };
        /** @description Where the states of the units that count come from. */
        SnapshotProvenance: {
            /** @description Of the connected units. */
            connection: components["schemas"]["ProvenanceCounts"];
            /** @description Of the units on duty. */
            duty: components["schemas"]["ProvenanceCounts"];
        };
        /** @description A person of an organisation. */
        Staff: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name. */
            name: string;
            /** @description A word of `posts`. */
            post: string;
            certificate?: components["schemas"]["StaffCertificate"] | null;
            /** @description A word of `certificate_standings`, as of today. */
            standing: string;
            /** @description Whether that counts for a shift. */
            qualified: boolean;
            /** @description True where there is an account to sign in with. */
            has_account: boolean;
            /** @description Since when. */
            joined_at: components["schemas"]["Moment"];
            left_at?: components["schemas"]["Moment"] | null;
        };
        /** @description An account to make for a person. */
        StaffAccountRequest: {
            /** @description Name to sign in with. */
            login_name: string;
        };
        /** @description A certificate. */
        StaffCertificate: {
            /** @description As printed. */
            number: string;
            /** @description A word of `certificate_levels`. */
            level: string;
            /** @description A word of `certificate_directions`. */
            direction: string;
            /** @description Last day on which it counts, YYYY-MM-DD. */
            valid_until?: string | null;
            /** @description A word of `certificate_queries`. */
            query: string;
            /** @description On which day the register was asked, YYYY-MM-DD. */
            queried_on?: string | null;
        };
        /** @description A person to enter or to write anew. */
        StaffRequest: {
            /** @description Name. */
            name: string;
            /** @description A word of `posts`. */
            post: string;
            certificate?: components["schemas"]["StaffCertificate"] | null;
        };
        /** @description A suspicion of feigned duty. */
        Suspicion: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description A word of `tricks`. */
            trick: string;
            /**
             * Format: uuid
             * @description Whose people.
             */
            organisation_id: string;
            /** @description Its name. */
            organisation_name: string;
            /**
             * Format: uuid
             * @description The room, where it is about one.
             */
            room_id?: string | null;
            /** @description Its name. */
            room_name?: string | null;
            /** @description The person, where it is about one. */
            staff_name?: string | null;
            /** @description From when it was seen. */
            starts_at: components["schemas"]["Moment"];
            /** @description Until when. */
            ends_at: components["schemas"]["Moment"];
            /** @description A word of `suspicion_states`. */
            state: string;
            /** @description When it was raised. */
            raised_at: components["schemas"]["Moment"];
            /** @description Until when a reply is in time. */
            reply_until: components["schemas"]["Moment"];
            /** @description SHA-256 of the evidence package, hex. */
            digest: string;
            /**
             * Format: int64
             * @description Counts changes; sent back with every event.
             */
            version: number;
            /** @description What the asker may do now, words of `suspicion_events`. */
            next: string[];
        };
        /** @description A step with a suspicion. */
        SuspicionEventRequest: {
            /** @description A word of `suspicion_events`. */
            event: string;
            /** @description What is said. */
            words: string;
            /**
             * Format: int64
             * @description `version` that the person was looking at.
             */
            version: number;
        };
        /** @description A suspicion with everything behind it. */
        SuspicionFile: {
            /** @description As it stands. */
            suspicion: components["schemas"]["Suspicion"];
            /** @description The numbers it rests on. */
            numbers: components["schemas"]["SuspicionNumber"][];
            /** @description What happened, in order. */
            history: components["schemas"]["SuspicionMoment"][];
            /** @description The evidence package as it was raised; its SHA-256 is `digest`. */
            package: string;
        };
        /** @description Something that happened to a suspicion. */
        SuspicionMoment: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description A word of `suspicion_events`. */
            event: string;
            /** @description The state after it. */
            to: string;
            /** @description Who. */
            by: string;
            /** @description What they said. */
            words: string;
        };
        /** @description A number that a suspicion rests on. */
        SuspicionNumber: {
            /** @description A word of `evidences`. */
            evidence: string;
            /**
             * Format: int64
             * @description What was found.
             */
            found: number;
            /**
             * Format: int64
             * @description Where suspicion begins.
             */
            limit?: number | null;
        };
        /** @description A page of suspicions of feigned duty. */
        SuspicionPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Suspicion"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description Two exchange whole shifts. */
        SwapShifts: {
            /**
             * Format: uuid
             * @description Who has the shift.
             */
            from: string;
            /**
             * Format: uuid
             * @description The other shift.
             */
            other_shift: string;
            /**
             * Format: uuid
             * @description Who has that one.
             */
            other: string;
            /** @description Why. */
            reason: string;
        };
        /** @description Taking a shift off. */
        TakeOffShift: {
            /**
             * Format: uuid
             * @description Whose part of it.
             */
            staff_id: string;
            /** @description Why. */
            reason: string;
        };
        /** @description The customer's template in force. */
        TemplateState: {
            /** @description File name as uploaded; none: there is no template. */
            name?: string | null;
            uploaded_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Bytes.
             */
            bytes?: number | null;
            /** @description SHA-256 of the file. */
            sha256?: string | null;
        };
        /** @description A place in a text, in UTF-16 units as browsers count them. */
        TextSpan: {
            /** @description First unit. */
            offset: number;
            /** @description Units. */
            len: number;
        };
        /** @description Units counted. */
        ThreeCounts: {
            /**
             * Format: int64
             * @description Units that should connect.
             */
            total: number;
            /**
             * Format: int64
             * @description Of these, connected.
             */
            connected: number;
            /**
             * Format: int64
             * @description Of these, on 24-hour duty.
             */
            duty: number;
        };
        /** @description A threshold that would have told false alarms from real ones; never applied by itself. */
        ThresholdSuggestion: {
            /**
             * Format: double
             * @description The lowest one that keeps every real alarm and drops these false ones, 0 to 1.
             */
            threshold: number;
            /**
             * Format: int32
             * @description False alarms that it would have dropped.
             */
            dropped: number;
        };
        /** @description An alarm of the camera. */
        TimelineAlarm: {
            /**
             * Format: uuid
             * @description Which.
             */
            id: string;
            /** @description What. */
            code: string;
            /**
             * Format: int32
             * @description How urgent, 1 to 4.
             */
            level: number;
            /** @description Where it stands. */
            state: string;
            /** @description When. */
            at: components["schemas"]["Moment"];
        };
        /** @description A stretch that should be there and was never recorded. */
        TimelineGap: {
            /** @description Beginning. */
            from: components["schemas"]["Moment"];
            /** @description End. */
            to: components["schemas"]["Moment"];
            /** @description Why, for most of it. */
            cause: string;
        };
        /** @description How the camera's pictures are coded. */
        TimelineVideo: {
            /** @description For a MIME type: `video/mp4; codecs="…"`. */
            codec: string;
            /**
             * Format: int32
             * @description Width in pixels.
             */
            width: number;
            /**
             * Format: int32
             * @description Height in pixels.
             */
            height: number;
        };
        /** @description A message of the trace. */
        TraceLine: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description True for one that came from the device. */
            is_from_device: boolean;
            /** @description Its text, cut. */
            text: string;
        };
        /** @description A user information transmission device. */
        Transmitter: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description Unit it belongs to.
             */
            unit_id: string;
            /** @description Name of the unit. */
            unit_name: string;
            /** @description Its address: 12 hexadecimal digits, high byte first. */
            address: string;
            /** @description Name for people. */
            name: string;
            /** @description Switched off by a person. */
            disabled: boolean;
            /** @description A simulated device. */
            simulated: boolean;
            /** @description `online`, `offline`, `disabled` or `never` (not heard yet). */
            state: string;
            since?: components["schemas"]["Moment"] | null;
            heard_at?: components["schemas"]["Moment"] | null;
            /** @description Where it connects from. */
            peer?: string | null;
            /** @description Whether orders reach it now. */
            connected: boolean;
            /** @description Words of its own state: `NORMAL`, `FIRE`, `FAULT`, `MAINS_FAULT`, `BATTERY_FAULT`, `CENTRE_FAULT`, `LINE_FAULT`. */
            conditions: string[];
            /**
             * Format: int64
             * @description How far its clock is ahead, in seconds.
             */
            clock_ahead_s?: number | null;
            /** @description Version of its software. */
            software?: string | null;
            /** @description Its configuration in words. */
            configuration?: string | null;
            /**
             * Format: int64
             * @description Components it has told of.
             */
            components: number;
            /**
             * Format: int64
             * @description Of these, with a place that a person gave.
             */
            placed: number;
        };
        /** @description What was counted since the start. */
        TransmitterCounts: {
            /** @description Connections now. */
            connections: number;
            /**
             * Format: int64
             * @description Connections refused because there were too many.
             */
            refused: number;
            /**
             * Format: int64
             * @description Frames read.
             */
            frames: number;
            /**
             * Format: int64
             * @description Of these, sent again by the device and taken once.
             */
            repeated: number;
            /**
             * Format: int64
             * @description Of these, denied.
             */
            denied: number;
            /**
             * Format: int64
             * @description Of these, of a type that is not known.
             */
            unknown: number;
            /**
             * Format: int64
             * @description Bytes that were no frame.
             */
            rubbish_bytes: number;
        };
        /** @description An address that knocks and that nobody has entered. */
        TransmitterKnock: {
            /** @description Its address: 12 hexadecimal digits, high byte first. */
            address: string;
            /** @description Where it connects from. */
            peer: string;
            /** @description First knock. */
            first_at: components["schemas"]["Moment"];
            /** @description Last knock. */
            last_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description How many frames were denied.
             */
            knocks: number;
        };
        /** @description A page of transmission devices. */
        TransmitterPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Transmitter"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description Changes to a transmission device; what is absent stays. */
        TransmitterPatch: {
            /**
             * Format: uuid
             * @description Unit it belongs to.
             */
            unit_id?: string | null;
            /** @description Name for people. */
            name?: string | null;
            /** @description Switched off: what it sends is denied. */
            disabled?: boolean | null;
        };
        /** @description How the platform listens to transmission devices. */
        TransmitterStanding: {
            /** @description Where; empty where it does not. */
            listens: string[];
            /** @description The centre's own address, which installers enter in the devices. */
            address?: string | null;
            counts?: components["schemas"]["TransmitterCounts"] | null;
            /** @description Addresses that knock, for those who may enter them. */
            knocks: components["schemas"]["TransmitterKnock"][];
        };
        /** @description A figure over time. */
        Trend: {
            /** @description One point for each day that a snapshot shows, oldest first. */
            points: components["schemas"]["TrendPoint"][];
            weekly_rate?: components["schemas"]["WeeklyRate"] | null;
            forecast?: components["schemas"]["Forecast"] | null;
        };
        /** @description A figure at one moment. */
        TrendPoint: {
            /**
             * Format: uuid
             * @description The snapshot it comes from.
             */
            snapshot_id: string;
            /** @description The moment. */
            as_of: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description Units that have the state.
             */
            numerator: number;
            /**
             * Format: int64
             * @description Units that should have it.
             */
            denominator: number;
            /** @description The percentage as bulletins print it; none where there is no unit. */
            percent_text?: string | null;
        };
        /** @description One attribute that changed. */
        UnitChange: {
            /** @description From when on. */
            at: components["schemas"]["Moment"];
            /** @description Name of the attribute. */
            attribute: string;
            /** @description Value before; none when the unit is new. */
            old?: string | null;
            /** @description Value after. */
            new?: string | null;
            /** @description Where the change comes from, e.g. the name of a spreadsheet. */
            source: string;
        };
        /** @description Units in the asker's reach, categories that carry figures. */
        UnitCounts: {
            /**
             * Format: int64
             * @description That should connect.
             */
            should: number;
            /**
             * Format: int64
             * @description That are connected.
             */
            connected: number;
            /**
             * Format: int64
             * @description That are on 24-hour duty.
             */
            duty: number;
        };
        /** @description The day of a unit. */
        UnitDay: {
            /** @description YYYY-MM-DD. */
            day: string;
            /** @description Its minutes. */
            runs: components["schemas"]["LedgerRun"][];
            /** @description What they come to. */
            totals: components["schemas"]["LedgerTotals"];
            closed_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int32
             * @description 0: as it was computed; each correction adds one. Null while it runs.
             */
            edition?: number | null;
            /** @description SHA-256 of the text of the day, hex. Null while it runs. */
            digest?: string | null;
            /** @description Which rooms served it for how many minutes. */
            served: components["schemas"]["ServedBy"][];
        };
        /** @description A unit with its history and cameras. */
        UnitDetail: components["schemas"]["UnitRow"] & {
            /** @description How far it has come onto the platform, a word of `onboarding_stages`: complete only with duty arranged. */
            onboarding: string;
            /** @description Names it had before. */
            former_names: string[];
            /** @description Since when it stands as it does. */
            valid_from: components["schemas"]["Moment"];
            /** @description What changed, newest first. */
            history: components["schemas"]["UnitChange"][];
            /** @description Its cameras, where the asker may see them. */
            cameras: components["schemas"]["Camera"][];
            /** @description True where the newest version of the register of units that should connect has it. */
            in_register: boolean;
            /** @description True where a change of its place in that register waits for a decision. */
            change_waits: boolean;
        };
        /** @description One difference of one unit. */
        UnitDifference: {
            /** @description The unit as `to` has it, as `from` had it where it was removed. */
            unit: components["schemas"]["FrozenUnitRow"];
            /** @description `added`, `removed`, `connected`, `disconnected`, `duty_gained`, `duty_lost`, `moved`, `renamed` or `recategorised`. */
            change: string;
            /** @description Value before: a word of the dictionary, a name, or the names of city and county. */
            old?: string | null;
            /** @description Value after. */
            new?: string | null;
        };
        /** @description A page of differences between two snapshots. */
        UnitDifferencePage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["UnitDifference"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description Where the two states of a frozen unit come from: `observed`, `reported` or `confirmed`. */
        UnitProvenance: {
            /** @description Of the connection state. */
            connection: string;
            /** @description Of the duty state. */
            duty: string;
        };
        /** @description How long the recordings of a unit stay. */
        UnitRetention: {
            /**
             * Format: uuid
             * @description Which unit.
             */
            unit_id: string;
            /** @description Its name; absent where the unit was asked for by id. */
            unit_name?: string | null;
            /** @description Which law sets the floor: `public_safety`, `key_target`. */
            basis: string;
            /** @description `days_30`, `days_90`, `custom`. */
            class: string;
            /**
             * Format: int32
             * @description Days below which nothing may go.
             */
            floor_days: number;
            /**
             * Format: int32
             * @description Days above which everything has to.
             */
            ceiling_days: number;
            /** @description Why so. */
            note?: string | null;
            changed_at?: components["schemas"]["Moment"] | null;
        };
        /** @description A unit as it stands. */
        UnitRow: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Official full name. */
            name: string;
            /** @description Category. */
            category: string;
            /**
             * Format: uuid
             * @description Region it belongs to.
             */
            region_id: string;
            /** @description Name of its city-level region; empty for a unit that belongs to the province itself. */
            city: string;
            /** @description Name of its county. */
            county?: string | null;
            /** @description `public` or `private`, where known. */
            ownership?: string | null;
            /** @description Universities only. */
            study_level?: string | null;
            /** @description 寄宿制 */
            boarding: boolean;
            /** @description Connection state. */
            connection: string;
            /** @description Duty state. */
            duty: string;
            /** @description True for invented rows of a demonstration. */
            synthetic: boolean;
            /** @description Ten-digit school code. */
            school_code?: string | null;
        };
        /** @description A page of units. */
        UnitRowPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["UnitRow"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description A number that was not read and so not judged. */
        UnreadNumber: {
            /**
             * Format: int32
             * @description Line, from 1.
             */
            line: number;
            /** @description As printed, shortened. */
            text: string;
            /** @description Why, in Chinese. */
            reason: string;
        };
        /** @description A platform above ours, and how the line to it stands. */
        UpperPlatform: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name for people. */
            name: string;
            /** @description Its 20 digits. */
            server_gb_id: string;
            /** @description The domain of its addresses. */
            domain: string;
            /** @description `host:port`. */
            address: string;
            /** @description `udp` or `tcp`. */
            transport: string;
            /** @description Our 20 digits towards it. */
            own_gb_id: string;
            /** @description The name we prove ourselves under; none: our 20 digits. */
            user_name?: string | null;
            /** @description Whether a password is kept. */
            has_secret: boolean;
            /**
             * Format: uuid
             * @description The region that it is shown; none where it is a unit.
             */
            region_id?: string | null;
            /**
             * Format: uuid
             * @description The unit that it is shown; none where it is a region.
             */
            unit_id?: string | null;
            /** @description The name of that region or unit. */
            shown_name: string;
            /** @description What it may do. */
            shares: components["schemas"]["Shares"];
            /**
             * Format: int32
             * @description Who wins when two upper platforms turn one camera: the lower number.
             */
            ptz_priority: number;
            /**
             * Format: int32
             * @description Seconds between signs of life.
             */
            keepalive_s: number;
            /**
             * Format: int32
             * @description Life of a registration in seconds.
             */
            expires_s: number;
            /** @description Switched off. */
            disabled: boolean;
            /** @description When it was entered. */
            created_at: components["schemas"]["Moment"];
            /** @description `disabled`, `connecting`, `registered`, `refused` or `unreachable`. */
            state: string;
            /** @description Since when. */
            state_since: components["schemas"]["Moment"];
            /** @description What was wrong last, a word of `upper_troubles`; none since it has taken our registration. */
            trouble?: string | null;
            /** @description The same for a technician: the status of the refusal, or what the system said of the address. */
            reason?: string | null;
            registered_at?: components["schemas"]["Moment"] | null;
            /** @description Items of the catalogue that it is shown. */
            items?: number | null;
            /** @description Whether it is told what changes in the catalogue. */
            is_subscribed: boolean;
            /**
             * Format: int64
             * @description Orders refused since the line began.
             */
            refused_orders: number;
            /**
             * Format: int64
             * @description Alarms told since the line began.
             */
            alarms_told: number;
            /** @description Pictures on their way to it. */
            sessions: components["schemas"]["SessionAbove"][];
        };
        /** @description A page of platforms above ours. */
        UpperPlatformPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["UpperPlatform"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description Changes to a platform above ours; what is absent stays. */
        UpperPlatformPatch: {
            /** @description Name for people. */
            name?: string | null;
            /** @description Its 20 digits. */
            server_gb_id?: string | null;
            /** @description The domain of its addresses. */
            domain?: string | null;
            /** @description `host:port`. */
            address?: string | null;
            /** @description `udp` or `tcp`. */
            transport?: string | null;
            /** @description Our 20 digits towards it. */
            own_gb_id?: string | null;
            /** @description The name we prove ourselves under; empty: our 20 digits. */
            user_name?: string | null;
            /** @description The password; empty removes it. */
            secret?: string | null;
            /**
             * Format: uuid
             * @description The region that it is shown from now on.
             */
            region_id?: string | null;
            /**
             * Format: uuid
             * @description The unit that it is shown from now on.
             */
            unit_id?: string | null;
            shares?: components["schemas"]["Shares"] | null;
            /**
             * Format: int32
             * @description Who wins when two upper platforms turn one camera.
             */
            ptz_priority?: number | null;
            /**
             * Format: int32
             * @description Seconds between signs of life.
             */
            keepalive_s?: number | null;
            /**
             * Format: int32
             * @description Life of a registration in seconds.
             */
            expires_s?: number | null;
            /** @description Switched off. */
            disabled?: boolean | null;
        };
        /** @description An account. */
        User: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description Name to sign in with. */
            login_name: string;
            /** @description Name for people. */
            display_name: string;
            /** @description Role. */
            role: string;
            /** @description How far the person sees. */
            scope: components["schemas"]["Scope"];
            /** @description True where the account can no longer be used. */
            disabled: boolean;
            last_seen_at?: components["schemas"]["Moment"] | null;
            /** @description When it was made. */
            created_at: components["schemas"]["Moment"];
        };
        /** @description A page of accounts. */
        UserPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["User"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description The answer to a look-up. */
        Verified: {
            /** @description False where no published bulletin has the number or digest. */
            found: boolean;
            bulletin?: components["schemas"]["VerifiedBulletin"] | null;
            signature?: components["schemas"]["SignatureCheck"] | null;
            /** @description Its text as sealed. */
            text?: string | null;
            /** @description Its figures as sealed. */
            figures?: components["schemas"]["BulletinFigure"][] | null;
        };
        /** @description A published bulletin. */
        VerifiedBulletin: {
            /** @description Title. */
            title: string;
            /** @description 发文字号; none for a draft. */
            number?: string | null;
            /** @description 成文日期 */
            date?: string | null;
            /** @description 发文机关 */
            organ: string;
            /** @description `published` or `withdrawn`. */
            state: string;
            /** @description SHA-256 over its sealed content. */
            digest?: string | null;
        };
        /** @description How a version differs from the one before. */
        VersionChanges: {
            /**
             * Format: int64
             * @description Units the one before did not have.
             */
            added: number;
            /**
             * Format: int64
             * @description Units only the one before had.
             */
            removed: number;
        };
        /** @description How awake a room is. */
        Vigilance: {
            /** @description A word of `vigilance_states`. */
            state: string;
            until?: components["schemas"]["Moment"] | null;
        };
        /** @description An entry of a violation file. */
        Violation: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /**
             * Format: uuid
             * @description Against whom.
             */
            organisation_id: string;
            /** @description Its name. */
            organisation_name: string;
            /** @description A word of `violation_kinds`. */
            kind: string;
            /** @description Of which stretch. */
            from: components["schemas"]["Moment"];
            /** @description Its end. */
            until: components["schemas"]["Moment"];
            /** @description In which room, where it is about one. */
            room_name?: string | null;
            /** @description Which person, where it is about one. */
            staff_name?: string | null;
            /**
             * Format: uuid
             * @description The upheld suspicion it comes from.
             */
            suspicion_id?: string | null;
            /** @description What is held against it. */
            words: string;
            /**
             * Format: int32
             * @description How many rows it rests on.
             */
            row_count: number;
            /** @description SHA-256 of the evidence package, hex. */
            digest: string;
            /** @description A word of `violation_states`. */
            state: string;
            /** @description Whether it stands against the organisation now. */
            stands: boolean;
            /** @description When it was opened. */
            opened_at: components["schemas"]["Moment"];
            /** @description Who opened it; null: the platform. */
            opened_by?: string | null;
            /** @description Until when a reply is awaited. */
            reply_until: components["schemas"]["Moment"];
            confirmed_at?: components["schemas"]["Moment"] | null;
            appeal_until?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Counts changes; sent back with every event.
             */
            version: number;
            /** @description What the asker may do now, words of `violation_events`. */
            next: string[];
        };
        /** @description A step with an entry. */
        ViolationEventRequest: {
            /** @description A word of `violation_events`. */
            event: string;
            /** @description What is said. */
            words: string;
            /**
             * Format: int64
             * @description The version that was looked at.
             */
            version: number;
        };
        /** @description An entry with everything behind it. */
        ViolationFile: {
            /** @description As it stands. */
            violation: components["schemas"]["Violation"];
            /** @description What happened, in order. */
            steps: components["schemas"]["ViolationMoment"][];
            /** @description The evidence package: form, kind, stretch, rows with their digests. */
            package: unknown;
            /** @description Whether the package still has the digest that was kept. */
            intact: boolean;
        };
        /** @description Something that happened to an entry. */
        ViolationMoment: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description A word of `violation_events`. */
            event: string;
            /** @description The state after it. */
            to: string;
            /** @description Who; null: the platform. */
            by?: string | null;
            /** @description What they said. */
            words: string;
        };
        /** @description A page of entries of violation files. */
        ViolationPage: {
            /** @description Rows in the order of the list. */
            items: components["schemas"]["Violation"][];
            /** @description Token of the page after this one; none at the end. */
            next?: string | null;
        };
        /** @description An id that knocked and that nobody has entered. */
        WaitingDevice: {
            /** @description Its 20 digits. */
            gb_id: string;
            /** @description Where it knocks from. */
            address: string;
            /** @description `udp` or `tcp`. */
            transport: string;
            /** @description First knock. */
            first_at: components["schemas"]["Moment"];
            /** @description Last knock. */
            last_at: components["schemas"]["Moment"];
            /**
             * Format: int32
             * @description How often.
             */
            knocks: number;
            /** @description Whether it knows the commissioning password. */
            proved: boolean;
            /** @description What it calls itself. */
            user_agent: string;
        };
        /** @description How the way of alarms is. */
        Watchdog: {
            /** @description `sound`, `broken`, `silent`, `beginning` or `off`. */
            verdict: string;
            /**
             * Format: int64
             * @description Seconds between two test alarms; 0: off.
             */
            every_s: number;
            /**
             * Format: int64
             * @description Seconds in which one has to come through.
             */
            within_s: number;
            /** @description Channels that carry test alarms. */
            channels: components["schemas"]["ProbedChannel"][];
            /** @description Channels that are told of a fault. */
            tell_channels: string[];
            last_arrival_at?: components["schemas"]["Moment"] | null;
            trouble_at?: components["schemas"]["Moment"] | null;
            /** @description Why. */
            trouble?: string | null;
            /** @description The last test alarms, newest first. */
            probes: components["schemas"]["Probe"][];
            /** @description Broken links, and those that were; open ones first. */
            faults: components["schemas"]["WatchdogFault"][];
        };
        /** @description A broken link of the way of alarms. */
        WatchdogFault: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description `V08`. */
            code: string;
            /**
             * Format: int32
             * @description 2.
             */
            level: number;
            /** @description A word of `watchdog_stages`. */
            stage: string;
            /** @description The channel; empty for stages inside. */
            channel: string;
            /** @description Its address without secrets; empty for stages inside. */
            address: string;
            /** @description What is wrong. */
            why: string;
            /** @description When the first test alarm that did not come was raised. */
            since: components["schemas"]["Moment"];
            /** @description When that was found. */
            found_at: components["schemas"]["Moment"];
            /** @description When the last one that did not come was raised. */
            last_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description How many did not come.
             */
            probes: number;
            mended_at?: components["schemas"]["Moment"] | null;
        };
        /** @description How fast a figure moves. */
        WeeklyRate: {
            /** @description From this moment. */
            from: components["schemas"]["Moment"];
            /** @description To this one. */
            to: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description Units gained in between; negative where units were lost.
             */
            gained: number;
            /**
             * Format: int64
             * @description Hundredths of a unit a week.
             */
            per_week_hundredths: number;
            /** @description Units a week as a number to read: `12.5`. */
            per_week_numerator: string;
            /** @description True where units joined or left the register in between. */
            denominator_changed: boolean;
        };
        /** @description A word with its names. */
        Word: {
            /** @description The word in requests and answers. */
            code: string;
            /** @description Chinese name. */
            name_zh: string;
            /** @description English name. */
            name_en: string;
        };
        /** @description A work order with both sides. */
        WorkOrder: {
            /**
             * Format: uuid
             * @description The alarm.
             */
            alarm_id: string;
            /** @description Since when: the alarm was confirmed. */
            opened_at: components["schemas"]["Moment"];
            /** @description How far the people on site have come: `waiting`, `accepted`, `on_site` or `done`. */
            state: string;
            accepted_at?: components["schemas"]["Moment"] | null;
            arrived_at?: components["schemas"]["Moment"] | null;
            done_at?: components["schemas"]["Moment"] | null;
            /** @description The remote side, then the people on site. */
            sides: components["schemas"]["WorkOrderSide"][];
            /** @description 四快 and the two of the procedure. */
            stopwatches: components["schemas"]["OrderStopwatch"][];
            /** @description What was done, in order. */
            acts: components["schemas"]["WorkOrderAct"][];
            call?: components["schemas"]["FirePrompt"] | null;
        };
        /** @description Something that was done. */
        WorkOrderAct: {
            /** @description `remote` or `site`. */
            side: string;
            /** @description What. */
            act: string;
            /** @description When, by the server's clock. */
            at: components["schemas"]["Moment"];
            /** @description Who. */
            actor: components["schemas"]["Actor"];
            /** @description In the person's words. */
            words?: string | null;
        };
        /** @description A clock of one side. */
        WorkOrderClock: {
            /** @description `take`, `verify`, `accept`, `arrive` or `handle`. */
            clock: string;
            /**
             * Format: int64
             * @description Its limit in seconds.
             */
            limit_s: number;
            /** @description When it began. */
            started_at: components["schemas"]["Moment"];
            /** @description When it runs out. */
            due_at: components["schemas"]["Moment"];
            stopped_at?: components["schemas"]["Moment"] | null;
            /** @description True when it ran out before it was stopped, or has run out now. */
            overdue: boolean;
        };
        /** @description One side of a work order. */
        WorkOrderSide: {
            /** @description `remote` or `site`. */
            side: string;
            /** @description `running`, `in_time` or `late`. */
            result: string;
            /**
             * Format: int64
             * @description Milliseconds to spare of the tightest clock, below zero: by so many late; null while nothing is decided.
             */
            spare_ms?: number | null;
            /** @description Its clocks. */
            clocks: components["schemas"]["WorkOrderClock"][];
            /** @description True where the asker stands on this side. */
            is_own: boolean;
            /**
             * @description What the asker may do on it now: `inform`, `call_fire_brigade`, `start_systems`, `send_force`, `accept`, `arrive`, `second_force`,
             *     `evacuate`, `handle`, `remark`.
             */
            next: string[];
        };
        /** @description When people work. */
        WorkingHours: {
            /** @description Hours of working days in Beijing, e.g. `08:30-17:30`. */
            hours: string;
            /** @description Today in Beijing. */
            today: string;
            /** @description What today is: a word of `day_kinds`. */
            today_kind: string;
            /** @description True in working hours. */
            in_hours: boolean;
            /** @description The last day that the calendar knows; later days are judged by their weekday. */
            known_until: string;
            /** @description False where today is judged by its weekday. */
            today_known: boolean;
            /** @description The holidays and make-up days from today on. */
            days: components["schemas"]["CalendarDay"][];
        };
        /** @description A zone. */
        Zone: {
            /**
             * Format: uuid
             * @description Id.
             */
            id: string;
            /** @description What for: a word of `zone_kinds`. */
            kind: string;
            /** @description Name. */
            name: string;
            /** @description Outline: `[x, y]` in shares of the picture, from the upper left corner. */
            corners: number[][];
            /**
             * Format: int32
             * @description Seconds that a change has to stay.
             */
            hold_s: number;
            hours?: components["schemas"]["ZoneHours"] | null;
            /** @description `free`, `blocked`, `checking` (not known yet); null where nothing is compared, and for a mask. */
            state?: string | null;
            blocked_since?: components["schemas"]["Moment"] | null;
            /**
             * Format: float
             * @description Share of it that is taken, 0 to 1.
             */
            share?: number | null;
        };
        /** @description Hours of the day in Beijing time. */
        ZoneHours: {
            /** @description First minute, e.g. `10:00`. */
            from: string;
            /** @description The minute it is over; before `from` it is that of the next day. */
            until: string;
        };
        /** @description A kind of zone. */
        ZoneKindWord: {
            /** @description The word. */
            code: string;
            /** @description Chinese name. */
            name_zh: string;
            /** @description English name. */
            name_en: string;
            /** @description The alarm that it raises; null for a mask. */
            alarm_code?: string | null;
            /**
             * Format: int32
             * @description Seconds that a change has to stay unless said otherwise.
             */
            default_hold_s: number;
        };
        /** @description A zone to put. */
        ZonePut: {
            /**
             * Format: uuid
             * @description The zone that it is a change of; absent: a new one.
             */
            id?: string | null;
            /** @description What for: a word of `zone_kinds`. */
            kind: string;
            /** @description Name, 1 to 40 characters. */
            name: string;
            /** @description Outline: 3 to 32 times `[x, y]` in shares of the picture. */
            corners: number[][];
            /**
             * Format: int32
             * @description Seconds that a change has to stay, 5 to 3600; absent: as usual for the kind. A mask has none.
             */
            hold_s?: number | null;
            hours?: components["schemas"]["ZoneHours"] | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
