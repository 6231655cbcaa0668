//! The OpenAPI 3.1 document, made from the routes themselves. The checked-in `api/openapi.json` is this text.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{OpenApi as _, PartialSchema as _, ToSchema as _};

use crate::door::PUBLIC;
use crate::problem::{FieldProblem, Problem};
use crate::{cookie, routes};

const SESSION: &str = "session";

#[derive(utoipa::OpenApi)]
#[openapi(info(
    title = "Watchfire",
    description = "Times are RFC 3339 in UTC, ids are UUIDs, lists are keyset pages of at most 200 rows. Whatever goes wrong is \
        answered as application/problem+json with a stable code. Requests that change something need an Origin header of the \
        platform's own host when they carry the session cookie. Every path answers under /api/v1 as well.",
    license(name = "Apache-2.0", identifier = "Apache-2.0")
))]
struct Document;

/// The document as pretty JSON with a line feed at the end; the same text for the same routes.
pub fn openapi_json() -> String {
    let text = document().to_pretty_json().unwrap_or_default();
    text + "\n"
}

fn document() -> OpenApi {
    let (_, routes) = routes::documented().split_for_parts();
    let mut document = Document::openapi();
    document.merge(routes);
    let components = document.components.get_or_insert_default();
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    components.schemas.insert(FieldProblem::name().into_owned(), FieldProblem::schema());
    let scheme = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(cookie::NAME)));
    components.security_schemes.insert(SESSION.to_owned(), scheme.into());
    describe_operations(&mut document);
    document
}

/// Adds to every operation what holds for all: a name of its own, the problem answer, and the session where it is not public.
fn describe_operations(document: &mut OpenApi) {
    let reference = RefOr::Ref(Ref::from_schema_name(Problem::name()));
    let content = ContentBuilder::new().schema(Some(reference)).build();
    let problem =
        ResponseBuilder::new().description("problem").content("application/problem+json", content).build();
    for (path, item) in &mut document.paths.paths {
        let operations = [
            ("GET", &mut item.get),
            ("PUT", &mut item.put),
            ("POST", &mut item.post),
            ("PATCH", &mut item.patch),
            ("DELETE", &mut item.delete),
        ];
        for (method, operation) in operations {
            let Some(operation) = operation else { continue };
            operation.operation_id = Some(operation_id(method, path));
            for answer in operation.responses.responses.values_mut() {
                if let RefOr::T(answer) = answer {
                    complete(answer);
                }
            }
            operation.responses.responses.insert("default".to_owned(), problem.clone().into());
            if !PUBLIC.iter().any(|(public, at)| public.as_str() == method && at == path) {
                let needed = SecurityRequirement::new(SESSION, Vec::<String>::new());
                operation.security = Some(vec![needed]);
            }
        }
    }
}

/// `GET /api/alarms/{id}/clip` is `get_alarms_id_clip`.
fn operation_id(method: &str, path: &str) -> String {
    let words = path.trim_start_matches("/api").split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!("{}_{}", method.to_lowercase(), words.join("_"))
}

/// An answer must have a description, and files have no schema beyond their media type.
fn complete(answer: &mut Response) {
    if answer.description.is_empty() {
        "done".clone_into(&mut answer.description);
    }
    for (media_type, content) in &mut answer.content {
        let is_file = media_type.starts_with("image/") || media_type.starts_with("video/");
        if let (true, RefOr::T(content)) = (is_file, content) {
            content.schema = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn operations_have_names_of_their_own_and_every_answer_is_described() {
        let document: serde_json::Value = serde_json::from_str(&openapi_json()).unwrap();
        let mut names = HashSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for operation in item.as_object().unwrap().values() {
                let name = operation["operationId"].as_str().unwrap();
                assert!(names.insert(name.to_owned()), "{name} names two operations");
                for answer in operation["responses"].as_object().unwrap().values() {
                    assert!(answer["description"].is_string(), "{path}");
                }
            }
        }
        assert_eq!(operation_id("GET", "/api/alarms/{id}/result-picture"), "get_alarms_id_result_picture");
    }
}
