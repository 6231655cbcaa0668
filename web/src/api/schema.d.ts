// Generated from api/openapi.json by `npm run generate`. Never edited by hand.

export interface paths {
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
                /** @description ok */
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
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
                /** @description ok */
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
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
                /** @description ok */
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
                /** @description ok */
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
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
                /** @description ok */
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
                /** @description ok */
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
                /** @description ok */
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
    "/api/dictionary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
    "/api/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
        get: {
            parameters: {
                query?: {
                    region_id?: string;
                    category?: string;
                    connection?: string;
                    duty?: string;
                    q?: string;
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
                /** @description ok */
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
    "/api/cameras": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    unit_id?: string;
                    state?: string;
                    q?: string;
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
                /** @description ok */
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
                /** @description ok */
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
                /** @description ok */
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
                /** @description ok */
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
    "/api/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    state?: string;
                    level?: number;
                    code?: string;
                    unit_id?: string;
                    camera_id?: string;
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
                /** @description ok */
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
                /** @description ok */
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
                /** @description ok */
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
    "/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
    "/api/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
                /** @description ok */
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
        get: {
            parameters: {
                query?: {
                    measure?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
        get: {
            parameters: {
                query?: {
                    measure?: string;
                    category?: string;
                    region_id?: string;
                    outside_cities?: boolean;
                    value?: string;
                    limit?: number;
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
                /** @description ok */
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
    "/api/bulletins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
                /** @description ok */
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
    "/api/bulletins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
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
                /** @description ok */
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
        get: {
            parameters: {
                query?: {
                    actor_id?: string;
                    object_id?: string;
                    action?: string;
                    limit?: number;
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
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
        FieldProblem: {
            field: string;
            code: string;
            message: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            code: string;
            detail: string;
            fields: components["schemas"]["FieldProblem"][];
        };
        Health: {
            status: string;
            version: string;
            demo: boolean;
        };
        Setup: {
            needed: boolean;
            demo: boolean;
        };
        SetupRequest: {
            code: string;
            login_name: string;
            display_name: string;
            password: string;
        };
        LogIn: {
            login_name: string;
            password: string;
        };
        OneTime: {
            token: string;
        };
        Scope: {
            kind: string;
            id: string;
            name: string;
        };
        Person: {
            id: string;
            login_name: string;
            display_name: string;
            role: string;
            scope: components["schemas"]["Scope"];
        };
        SessionInfo: {
            expires_at: string;
        };
        Me: {
            user: components["schemas"]["Person"];
            capabilities: string[];
            session: components["schemas"]["SessionInfo"];
            demo: boolean;
        };
        PasswordChange: {
            old: string;
            new: string;
        };
        User: {
            id: string;
            login_name: string;
            display_name: string;
            role: string;
            scope: components["schemas"]["Scope"];
            disabled: boolean;
            last_seen_at?: string | null;
            created_at: string;
        };
        UserPage: {
            items: components["schemas"]["User"][];
            next?: string | null;
        };
        NewUser: {
            login_name: string;
            display_name: string;
            role: string;
            scope_kind: string;
            scope_id: string;
        };
        CreatedUser: {
            user: components["schemas"]["User"];
            one_time_token: string;
            expires_at: string;
        };
        OneTimeLink: {
            one_time_token: string;
            expires_at: string;
        };
        Word: {
            code: string;
            name_zh: string;
            name_en: string;
        };
        CategoryWord: {
            code: string;
            name_zh: string;
            name_en: string;
            measure_word: string;
            has_figures: boolean;
        };
        AlarmCodeWord: {
            code: string;
            name_zh: string;
            name_en: string;
            group: string;
            level: number;
        };
        PlaceTypeWord: {
            code: string;
            name_zh: string;
            name_en: string;
            forbidden: boolean;
        };
        ClockWord: {
            level: number;
            take_s: number;
            take_goal_s: number;
            verify_s: number;
            arrive_s?: number | null;
            handle_s?: number | null;
        };
        Dictionary: {
            categories: components["schemas"]["CategoryWord"][];
            alarm_codes: components["schemas"]["AlarmCodeWord"][];
            place_types: components["schemas"]["PlaceTypeWord"][];
            false_alarm_reasons: components["schemas"]["Word"][];
            connection_states: components["schemas"]["Word"][];
            duty_states: components["schemas"]["Word"][];
            alarm_states: components["schemas"]["Word"][];
            camera_states: components["schemas"]["Word"][];
            roles: components["schemas"]["Word"][];
            clocks: components["schemas"]["ClockWord"][];
        };
        Region: {
            id: string;
            parent_id?: string | null;
            level: string;
            name: string;
            short_name: string;
            code?: string | null;
            order: number;
        };
        UnitRow: {
            id: string;
            name: string;
            category: string;
            region_id: string;
            city: string;
            county?: string | null;
            ownership?: string | null;
            study_level?: string | null;
            boarding: boolean;
            connection: string;
            duty: string;
            synthetic: boolean;
            school_code?: string | null;
        };
        UnitRowPage: {
            items: components["schemas"]["UnitRow"][];
            next?: string | null;
        };
        UnitChange: {
            at: string;
            attribute: string;
            old?: string | null;
            new?: string | null;
            source: string;
        };
        CameraHealth: {
            last_frame_at?: string | null;
            last_key_frame_at?: string | null;
            frames: number;
            key_frames: number;
            bytes: number;
            reconnects: number;
            undecodable: number;
            looks: number;
            gated_quiet: number;
            key_frame_interval_ms?: number | null;
            width?: number | null;
            height?: number | null;
            dropped_key_frames: number;
        };
        CameraWatch: {
            enabled: boolean;
        };
        Camera: {
            id: string;
            unit_id: string;
            unit_name: string;
            name: string;
            place_type: string;
            source_kind: string;
            address: string;
            user_name?: string | null;
            state: string;
            reason_code?: string | null;
            reason_zh?: string | null;
            reason_en?: string | null;
            state_since: string;
            simulated: boolean;
            watch: components["schemas"]["CameraWatch"];
            health: components["schemas"]["CameraHealth"];
        };
        CameraPage: {
            items: components["schemas"]["Camera"][];
            next?: string | null;
        };
        UnitDetail: {
            id: string;
            name: string;
            category: string;
            region_id: string;
            city: string;
            county?: string | null;
            ownership?: string | null;
            study_level?: string | null;
            boarding: boolean;
            connection: string;
            duty: string;
            synthetic: boolean;
            school_code?: string | null;
            former_names: string[];
            valid_from: string;
            history: components["schemas"]["UnitChange"][];
            cameras: components["schemas"]["Camera"][];
        };
        ImportError: {
            row: number;
            column: string;
            value: string;
            reason_code: string;
            message: string;
        };
        ImportOutcome: {
            accepted: number;
            created: number;
            updated: number;
            unchanged: number;
            errors: components["schemas"]["ImportError"][];
            applied: boolean;
            errors_not_listed: number;
            ignored_columns: string[];
        };
        NewCamera: {
            unit_id: string;
            name: string;
            place_type: string;
            address: string;
            user_name?: string | null;
            password?: string | null;
            watch_enabled: boolean;
        };
        CameraPatch: {
            name?: string | null;
            place_type?: string | null;
            address?: string | null;
            user_name?: string | null;
            password?: string | null;
            watch_enabled?: boolean | null;
            disabled?: boolean | null;
        };
        Owner: {
            id: string;
            display_name: string;
        };
        AlarmTimes: {
            occurred_at: string;
            pushed_at?: string | null;
            opened_at?: string | null;
            taken_at?: string | null;
            verified_at?: string | null;
            arrived_at?: string | null;
            handled_at?: string | null;
            reviewed_at?: string | null;
        };
        AlarmClock: {
            clock: string;
            limit_s: number;
            started_at?: string | null;
            due_at?: string | null;
            stopped_at?: string | null;
            overdue: boolean;
        };
        NextAction: {
            event: string;
            key: string;
        };
        Alarm: {
            id: string;
            code: string;
            level: number;
            state: string;
            marks: string[];
            drill: boolean;
            unit_id: string;
            unit_name: string;
            city: string;
            county?: string | null;
            camera_id?: string | null;
            camera_name?: string | null;
            place_type?: string | null;
            title_zh: string;
            title_en: string;
            source: string;
            owner?: null | components["schemas"]["Owner"];
            score?: number | null;
            times: components["schemas"]["AlarmTimes"];
            clocks: components["schemas"]["AlarmClock"][];
            false_alarm_reason?: string | null;
            note?: string | null;
            has_picture: boolean;
            has_clip: boolean;
            has_result_picture: boolean;
            simulated: boolean;
            next: components["schemas"]["NextAction"][];
            version: number;
            boxes: [
                number,
                number,
                number,
                number,
                string
            ][];
        };
        Actor: {
            id: string;
            display_name: string;
            role: string;
        };
        AlarmStep: {
            at: string;
            event: string;
            from?: string | null;
            to?: string | null;
            actor?: null | components["schemas"]["Actor"];
            note?: string | null;
            reason?: string | null;
        };
        AlarmDerived: {
            discovery_ms?: number | null;
            take_ms?: number | null;
            verify_ms?: number | null;
            arrive_ms?: number | null;
            handle_ms?: number | null;
            close_ms?: number | null;
        };
        AlarmDetail: {
            id: string;
            code: string;
            level: number;
            state: string;
            marks: string[];
            drill: boolean;
            unit_id: string;
            unit_name: string;
            city: string;
            county?: string | null;
            camera_id?: string | null;
            camera_name?: string | null;
            place_type?: string | null;
            title_zh: string;
            title_en: string;
            source: string;
            owner?: null | components["schemas"]["Owner"];
            score?: number | null;
            times: components["schemas"]["AlarmTimes"];
            clocks: components["schemas"]["AlarmClock"][];
            false_alarm_reason?: string | null;
            note?: string | null;
            has_picture: boolean;
            has_clip: boolean;
            has_result_picture: boolean;
            simulated: boolean;
            next: components["schemas"]["NextAction"][];
            version: number;
            steps: components["schemas"]["AlarmStep"][];
            derived: components["schemas"]["AlarmDerived"];
            neighbours: components["schemas"]["Camera"][];
            boxes: [
                number,
                number,
                number,
                number,
                string
            ][];
        };
        AlarmPage: {
            items: components["schemas"]["Alarm"][];
            next?: string | null;
        };
        AlarmEventRequest: {
            event: string;
            version: number;
            reason?: string | null;
            note?: string | null;
        };
        NewAlarm: {
            unit_id: string;
            camera_id?: string | null;
            code: string;
            note: string;
            occurred_at?: string | null;
        };
        UnitCounts: {
            should: number;
            connected: number;
            duty: number;
        };
        CategoryCounts: {
            category: string;
            should: number;
            connected: number;
            duty: number;
        };
        LevelCount: {
            level: number;
            open: number;
        };
        AlarmCounts: {
            open: number;
            by_level: components["schemas"]["LevelCount"][];
            today: number;
            overdue: number;
            today_false: number;
        };
        CameraCounts: {
            total: number;
            online: number;
            by_state: {
                [key: string]: number;
            };
        };
        Overview: {
            as_of: string;
            units: components["schemas"]["UnitCounts"];
            by_category: components["schemas"]["CategoryCounts"][];
            alarms: components["schemas"]["AlarmCounts"];
            cameras: components["schemas"]["CameraCounts"];
            slowest?: {
                [key: string]: unknown;
            } | null;
        };
        Snapshot: {
            id: string;
            as_of: string;
            taken_at: string;
            taken_by: string;
            units: number;
            hash: string;
            note?: string | null;
        };
        SnapshotPage: {
            items: components["schemas"]["Snapshot"][];
            next?: string | null;
        };
        NewSnapshot: {
            as_of?: string | null;
            note?: string | null;
        };
        Cell: {
            numerator: number;
            denominator: number;
            percent_text?: string | null;
        };
        CityCell: {
            region_id: string;
            name: string;
            cell: components["schemas"]["Cell"];
        };
        FigureRow: {
            category: string;
            total: components["schemas"]["Cell"];
            cities: components["schemas"]["CityCell"][];
            outside_cities: components["schemas"]["Cell"];
        };
        Figures: {
            snapshot: components["schemas"]["Snapshot"];
            measure: string;
            definition_zh: string;
            definition_en: string;
            rows: components["schemas"]["FigureRow"][];
            total: components["schemas"]["Cell"];
            by_city_total: components["schemas"]["CityCell"][];
            outside_cities: components["schemas"]["Cell"];
        };
        NewBulletin: {
            snapshot_id: string;
        };
        BulletinRow: {
            id: string;
            title: string;
            snapshot_id: string;
            as_of: string;
            created_at: string;
            created_by: string;
        };
        BulletinRowPage: {
            items: components["schemas"]["BulletinRow"][];
            next?: string | null;
        };
        BulletinFigure: {
            id: string;
            label: string;
            text: string;
            numerator: number;
            denominator?: number | null;
            category?: string | null;
            region_id?: string | null;
            measure: string;
        };
        Bulletin: {
            id: string;
            title: string;
            snapshot_id: string;
            as_of: string;
            created_at: string;
            created_by: string;
            text: string;
            figures: components["schemas"]["BulletinFigure"][];
        };
        AuditRow: {
            seq: number;
            at: string;
            actor?: null | components["schemas"]["Actor"];
            action: string;
            object_kind: string;
            object_id: string;
            object_name?: string | null;
            result: string;
            request_id: string;
            address: string;
            detail?: string | null;
        };
        AuditRowPage: {
            items: components["schemas"]["AuditRow"][];
            next?: string | null;
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
